package org.parley.engine.store.derby;

import java.lang.reflect.Method;
import org.parley.engine.store.Store;

/** Metadata of the JDBC face; asked where statements run at the moment. */
final class GuardedMetaData extends Guarded {

    GuardedMetaData(SqlFace face) {
        super(face);
    }

    @Override
    Object guard(Store.Hold hold, Object proxy, Method method, Object[] arguments) throws Throwable {
        JdbcSource source = face.source();
        return call(new Call(source, source.jdbc().getMetaData(), method, arguments), face, null);
    }
}
