package org.parley.engine;

import java.util.Arrays;
import java.util.List;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;
import org.parley.spi.FaultInjection;

/** The engine's fault points for tests that know the SPI only. */
public final class EngineFaults implements FaultInjection {

    @Override
    public List<Point> points() {
        return Arrays.stream(FaultPoint.values())
                .map(point -> new Point(
                        point.name(), point.area().name(), point.failure().name(), point.place()))
                .toList();
    }

    @Override
    public void arm(Happening happening) {
        FaultPoint.arm(point -> {
            if (happening.reached(point.name())) {
                throw failure(point);
            }
        });
    }

    @Override
    public void disarm() {
        FaultPoint.arm(null);
    }

    private static RuntimeException failure(FaultPoint point) {
        String text = "Made to fail by a test at " + point;
        return switch (point.failure()) {
            case STATEMENT -> new StoreException(Kind.STATEMENT, text, null);
            case STORE -> new StoreException(Kind.UNAVAILABLE, text, null);
            case DEFECT -> new IllegalStateException(text);
        };
    }
}
