package org.parley.engine.tx;

import java.lang.reflect.Field;
import java.util.Map;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** The verbs of XAResource with their flags, and its codes, as the manual's tables spell them. */
final class XaVerb {

    /** A flag that no verb knows. */
    private static final int NONSENSE = 77;

    private static final Map<String, Integer> FLAGS = Map.of(
            "NOFLAGS",
            XAResource.TMNOFLAGS,
            "JOIN",
            XAResource.TMJOIN,
            "RESUME",
            XAResource.TMRESUME,
            "SUCCESS",
            XAResource.TMSUCCESS,
            "FAIL",
            XAResource.TMFAIL,
            "SUSPEND",
            XAResource.TMSUSPEND,
            "other",
            NONSENSE);

    private XaVerb() {}

    /** Calls it and tells what it has answered, ok when that is nothing or XA_OK. */
    static String call(String verb, XAResource resource, Xid xid) throws XAException {
        String[] words = verb.split(" ");
        switch (words[0]) {
            case "start" -> resource.start(xid, FLAGS.get(words[1]));
            case "end" -> resource.end(xid, FLAGS.get(words[1]));
            case "prepare" -> {
                return resource.prepare(xid) == XAResource.XA_RDONLY ? "RDONLY" : "ok";
            }
            case "commit" -> resource.commit(xid, words[1].equals("1"));
            case "rollback" -> resource.rollback(xid);
            case "forget" -> resource.forget(xid);
            default -> throw new IllegalArgumentException("No verb: " + verb);
        }
        return "ok";
    }

    /** Name of a code without its prefix. */
    static String code(int code) {
        for (Field field : XAException.class.getFields()) {
            // names of limits, not of codes
            if (field.getType() != int.class || field.getName().matches("errorCode|XA_RBBASE|XA_RBEND")) {
                continue;
            }
            try {
                if (field.getInt(null) == code) {
                    return field.getName().replaceFirst("^XA(ER)?_", "");
                }
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        return "code " + code;
    }
}
