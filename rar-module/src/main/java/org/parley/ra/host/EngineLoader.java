package org.parley.ra.host;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.Set;

/**
 * Loads the engine from its own jars first and Derby from them alone, so that no Derby of the application server or of an
 * application can come in between. What the adapter and the engine say to each other comes from the parent.
 */
final class EngineLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final Set<String> SHARED_PACKAGES = Set.of("org.parley", "org.parley.spi", "org.parley.ra");
    private static final String[] SHARED_PREFIXES = {"java.", "javax.", "jakarta.", "org.parley.ra."};

    EngineLoader(URL[] jars, ClassLoader parent) {
        super("parley-engine", jars, parent);
    }

    /** Whether a class is asked for at the parent first. */
    static boolean isShared(String className) {
        for (String prefix : SHARED_PREFIXES) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        int dot = className.lastIndexOf('.');
        return dot > 0 && SHARED_PACKAGES.contains(className.substring(0, dot));
    }

    /** Of classes and resources. Derby asks for messages in all languages, of which the parent may have another version's. */
    private static boolean isDerbys(String name) {
        return name.replace('/', '.').startsWith("org.apache.derby.");
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (isShared(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> type = findLoadedClass(name);
            if (type == null) {
                try {
                    type = findClass(name);
                } catch (ClassNotFoundException notOurs) {
                    if (isDerbys(name)) {
                        throw notOurs;
                    }
                    return super.loadClass(name, resolve);
                }
            }
            if (resolve) {
                resolveClass(type);
            }
            return type;
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null || isDerbys(name) ? own : super.getResource(name);
    }

    /** Own resources alone where there are any: two Derbys' service files together would load the wrong one. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        Enumeration<URL> own = findResources(name);
        return own.hasMoreElements() || isDerbys(name) ? own : super.getResources(name);
    }
}
