package org.parley.tests.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a piece may leave out, and what it may not. */
class PieceTest {

    private static final String DOCUMENT = """
            <?xml version="1.0"?>
            <pools xmlns="urn:pools">
              <!-- the first -->
              <pool name="orders" size="5">
                <user>clerk</user>
                <use>home = here
                  size = 3</use>
              </pool>
              <pool name="sales"><user>auditor</user></pool>
            </pools>
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<pool name='orders'><user>clerk</user><use>home = here size = 3</use></pool><pool name='sales'/>",
                "<pool name='sales'/>",
                "<user>auditor</user>",
                "<pools xmlns='urn:pools'><pool size='5'/></pools>"
            })
    void leavesOut(String piece) {
        assertThat(Piece.ofDocument(piece, DOCUMENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<pool name='orders' size='6'/>",
                "<pool name='orders' largest='5'/>",
                "<pool name='sales'/><pool name='orders'/>",
                "<pool name='sales'><user>clerk</user></pool>",
                "<pool name='orders'><use>home = here</use></pool>",
                "<pools xmlns='urn:others'/>",
                "<user>clerk</user><user>auditor</user>"
            })
    void saysSomethingElse(String piece) {
        assertThat(Piece.ofDocument(piece, DOCUMENT)).isFalse();
    }

    @Test
    void linesKeepTheirOrder() {
        List<String> whole = List.of("one", "two", "three");
        assertThat(Piece.ofLines(List.of("one", "three"), whole)).isTrue();
        assertThat(Piece.ofLines(List.of("three", "one"), whole)).isFalse();
        assertThat(Piece.ofLines(List.of("four"), whole)).isFalse();
    }
}
