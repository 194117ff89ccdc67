package org.parley.ra.host;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.TypeDescriptor;
import java.lang.reflect.Proxy;
import java.lang.runtime.ObjectMethods;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;

/**
 * Has the JDK forget our records. Where it links equals, hashCode and toString of a record, it keeps the types that it
 * has met last in a static method handle (strongly in JDK 17, later softly), and with them a class loader that should
 * go. Linking the same methods for types of nobody takes that place.
 */
final class LinkedRecords {

    void forget() {
        try (URLClassLoader nobody = new URLClassLoader(new URL[0], null)) {
            link(Proxy.newProxyInstance(nobody, new Class<?>[] {Runnable.class}, (proxy, method, arguments) -> null)
                    .getClass());
            // last, since a URLClassLoader of JDK 17 remembers who made it
            link(String.class);
        } catch (Throwable e) {
            // a JDK that links otherwise; at worst the last loader stays until the next record is linked
            return;
        }
    }

    private static void link(Class<?> type) throws Throwable {
        MethodHandle getter = MethodHandles.identity(type);
        Map<String, TypeDescriptor> methods = Map.of(
                "equals", MethodType.methodType(boolean.class, type, Object.class),
                "hashCode", MethodType.methodType(int.class, type),
                "toString", MethodType.methodType(String.class, type));
        for (Map.Entry<String, TypeDescriptor> method : methods.entrySet()) {
            ObjectMethods.bootstrap(MethodHandles.lookup(), method.getKey(), method.getValue(), type, "value", getter);
        }
    }
}
