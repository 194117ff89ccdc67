package org.parley.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;
import org.parley.spi.FaultInjection;

/** Points do nothing until they are armed, and then what they are told. */
class FaultPointTest {

    private final FaultInjection faults =
            ServiceLoader.load(FaultInjection.class).findFirst().orElseThrow();

    @AfterEach
    void disarm() {
        faults.disarm();
    }

    @ParameterizedTest
    @EnumSource(FaultPoint.class)
    void pointThrowsWhatWouldComeThere(FaultPoint point) {
        point.reach();
        List<String> reached = new ArrayList<>();
        faults.arm(name -> reached.add(name));
        assertThatThrownBy(point::reach).satisfies(thrown -> {
            switch (point.failure()) {
                case STATEMENT -> assertThat(((StoreException) thrown).kind()).isEqualTo(Kind.STATEMENT);
                case STORE -> assertThat(((StoreException) thrown).kind()).isEqualTo(Kind.UNAVAILABLE);
                case DEFECT -> assertThat(thrown).isInstanceOf(IllegalStateException.class);
            }
        });
        assertThat(reached).containsExactly(point.name());
        faults.disarm();
        point.reach();
        assertThat(reached).hasSize(1);
    }

    @Test
    void allAreKnownToTheSpi() {
        assertThat(faults.points())
                .extracting(FaultInjection.Point::name)
                .hasSizeGreaterThanOrEqualTo(60)
                .containsExactly(java.util.Arrays.stream(FaultPoint.values())
                        .map(FaultPoint::name)
                        .toArray(String[]::new));
    }
}
