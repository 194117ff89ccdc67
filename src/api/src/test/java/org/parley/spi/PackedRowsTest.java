package org.parley.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedRowsTest {

    private static final byte[] ONE = {1};
    private static final List<List<byte[]>> ROWS =
            List.of(Arrays.asList(ONE, null), Arrays.asList(new byte[0], new byte[] {2, 3}));

    private static List<List<byte[]>> unpacked(byte[] packed) {
        List<List<byte[]>> rows = new ArrayList<>();
        for (Iterator<byte[][]> each = PackedRows.unpack(packed); each.hasNext(); ) {
            rows.add(Arrays.asList(each.next()));
        }
        return rows;
    }

    @Test
    void whatIsPackedComesOutAgain() {
        List<List<byte[]>> rows = unpacked(PackedRows.pack(2, ROWS));
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).containsExactly(ONE, null);
        assertThat(rows.get(1)).containsExactly(new byte[0], new byte[] {2, 3});
        assertThat(unpacked(PackedRows.pack(2, List.of()))).isEmpty();
    }

    @Test
    void whatIsCutOffInsideARowIsRefused() {
        byte[] packed = PackedRows.pack(2, ROWS);
        int firstRow = 4 + 4 + 1 + 4;
        for (int length = 1; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            if (length == 4 || length == firstRow) {
                assertThat(unpacked(cut)).hasSize(length == 4 ? 0 : 1);
            } else {
                assertThatIllegalArgumentException().as("%s bytes", length).isThrownBy(() -> unpacked(cut));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, PackedRows.MOST_COLUMNS + 1, Integer.MAX_VALUE})
    void noOtherNumberOfColumnsIsTaken(int columns) {
        byte[] packed = ByteBuffer.allocate(8).putInt(columns).array();
        assertThatIllegalArgumentException().isThrownBy(() -> PackedRows.unpack(packed));
    }

    @Test
    void aLengthIsNoReasonToTakeMemory() {
        byte[] packed =
                ByteBuffer.allocate(8).putInt(1).putInt(Integer.MAX_VALUE).array();
        assertThatIllegalArgumentException().isThrownBy(() -> unpacked(packed)).withMessageContaining("2147483647");
    }
}
