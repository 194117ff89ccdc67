package org.parley.engine.store.derby;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.derby.impl.store.access.btree.OpenBTree;

/**
 * Mends two classes of Derby before they are loaded. Derby removes deleted entries from an index page in a small transaction of its
 * own, and means to keep others off the page until that is committed; but it closes the index first, and that lets them in. When
 * one of them fills the page, and the process dies before the log knows of the commit, recovery finds no room to take the removal
 * back, and the database can't be opened any more (XSTB0, because of XSLA8). Without that close the page is given free when the
 * transaction is over.
 */
final class LatchedPurges {

    private static final int INVOKE_VIRTUAL = 0xb6;
    private static final int POP = 0x57;
    private static final int NO_OPERATION = 0x00;

    private static final String OWNER = "org/apache/derby/impl/store/access/btree/OpenBTree";
    /** Class files begin with a magic number and two numbers of a version. */
    private static final int CONSTANTS = 8;

    private static boolean done;

    private LatchedPurges() {}

    /** Once in this class loader, before Derby is started in it. */
    static synchronized void mend() {
        if (!done) {
            // the background's purge, on its three ways out, and that of an insert that looks for room, and its split
            define("BTreePostCommit", 3);
            define("BTreeController", 2);
            done = true;
        }
    }

    private static void define(String name, int calls) {
        try {
            byte[] bytes = withoutClose(read(name), calls, name);
            MethodHandles.privateLookupIn(OpenBTree.class, MethodHandles.lookup())
                    .defineClass(bytes);
        } catch (IOException | IllegalAccessException | LinkageError e) {
            System.getLogger(LatchedPurges.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "Derby's class " + name
                                    + " can't be mended, and a process that is killed can, very seldom, leave a"
                                    + " database that doesn't open: see Limits, Derby. Let Parley be the first to use Derby in"
                                    + " its class loader, and use Derby 10.16.1.1.",
                            e);
        }
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = OpenBTree.class.getResourceAsStream(name + ".class")) {
            if (in == null) {
                throw new IOException("It isn't there");
            }
            return in.readAllBytes();
        }
    }

    /** The class with each call of {@code OpenBTree.close()} replaced by what drops the index that it would be made on. */
    static byte[] withoutClose(byte[] original, int calls, String name) throws IOException {
        byte[] bytes = original.clone();
        ByteBuffer at = ByteBuffer.wrap(bytes);
        int close = closeIn(at);
        int found = 0;
        for (int i = at.position(); i + 2 < bytes.length; i++) {
            if ((bytes[i] & 0xff) == INVOKE_VIRTUAL && (at.getShort(i + 1) & 0xffff) == close) {
                bytes[i] = POP;
                bytes[i + 1] = NO_OPERATION;
                bytes[i + 2] = NO_OPERATION;
                found++;
            }
        }
        if (found != calls) {
            throw new IOException("It closes its index at " + found + " places where Derby 10.16.1.1 has " + calls);
        }
        return bytes;
    }

    /** Passes over the constants of a class; gives the number of the one that stands for that call, or -1. */
    private static int closeIn(ByteBuffer at) throws IOException {
        at.position(CONSTANTS);
        int count = at.getShort() & 0xffff;
        Map<Integer, String> texts = new HashMap<>();
        Map<Integer, int[]> pairs = new HashMap<>();
        for (int number = 1; number < count; number++) {
            int tag = at.get();
            switch (tag) {
                case 1 -> texts.put(number, text(at));
                case 7, 8, 16, 19, 20 -> pairs.put(number, new int[] {at.getShort() & 0xffff});
                case 9, 10, 11, 12, 17, 18 ->
                    pairs.put(number, new int[] {at.getShort() & 0xffff, at.getShort() & 0xffff});
                case 3, 4 -> at.getInt();
                case 15 -> {
                    at.get();
                    at.getShort();
                }
                case 5, 6 -> {
                    at.getLong();
                    // these take two numbers
                    number++;
                }
                default -> throw new IOException("It has a constant of the unknown kind " + tag);
            }
        }
        return pairs.entrySet().stream()
                .filter(each -> each.getValue().length == 2 && isClose(each.getValue(), pairs, texts))
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(-1);
    }

    private static boolean isClose(int[] reference, Map<Integer, int[]> pairs, Map<Integer, String> texts) {
        int[] owner = pairs.get(reference[0]);
        int[] member = pairs.get(reference[1]);
        return owner != null
                && owner.length == 1
                && OWNER.equals(texts.get(owner[0]))
                && member != null
                && member.length == 2
                && "close".equals(texts.get(member[0]))
                && "()V".equals(texts.get(member[1]));
    }

    private static String text(ByteBuffer at) {
        byte[] bytes = new byte[at.getShort() & 0xffff];
        at.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
