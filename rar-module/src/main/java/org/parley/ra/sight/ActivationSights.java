package org.parley.ra.sight;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;

/** Activations of a server's beans, each shown from its beginning to its end. One that can't be shown works all the same. */
final class ActivationSights {

    private final Path home;
    private final RaLog log;
    private final Map<Activation, ActivationSight> shown = new ConcurrentHashMap<>();

    ActivationSights(Path home, RaLog log) {
        this.home = home;
        this.log = log;
    }

    void add(ActivationConfig config, Activation activation) {
        ActivationSight sight = new ActivationSight(config, activation);
        shown.put(activation, sight);
        try {
            sight.open(home);
        } catch (JMException e) {
            log.notRegistered(sight.title(), e);
        }
    }

    void remove(Activation activation) {
        ActivationSight sight = shown.remove(activation);
        if (sight == null) {
            return;
        }
        try {
            sight.close();
        } catch (JMException e) {
            log.stopFailed(home, e);
        }
    }

    /** What each bean does; of several that have one name on one queue, one after the other. */
    Map<String, String> list() {
        Map<String, String> list = new TreeMap<>();
        shown.values().forEach(each -> list.merge(each.title(), each.toString(), (a, b) -> a + "; " + b));
        return list;
    }
}
