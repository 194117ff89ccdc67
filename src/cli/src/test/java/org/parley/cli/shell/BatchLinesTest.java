package org.parley.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchLinesTest {

    private final BatchLines lines = new BatchLines();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "exit",
                "QUIT ",
                ":r some file.sql",
                ":help",
                "GO",
                "SELECT 1\ngo",
                "SELECT 1\n Go 5",
                "SELECT 'it''s'\nGO",
                "SELECT 1 -- don't\nGO",
                "SELECT [a]]b], \"c\"\nGO",
                "/* 'open' */ SELECT 1\nGO"
            })
    void goesOut(String typed) {
        assertThat(lines.parse(typed, typed.length(), ParseContext.ACCEPT_LINE)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT 1\n",
                "GO\nSELECT 1",
                "SELECT 'one\nGO",
                "/* a comment\nGO",
                "SELECT [name\nGO",
                "SELECT \"name\nGO",
                "SELECT go",
                "exit 1\nSELECT 1",
                "let it go"
            })
    void goesOn(String typed) {
        assertThatThrownBy(() -> lines.parse(typed, typed.length(), ParseContext.ACCEPT_LINE))
                .isInstanceOf(EOFError.class);
    }

    @Test
    void theWordAtTheCursorMayBeANameInBrackets() {
        assertThat(Word.at("SELECT * FROM [//shop/O", 23).word()).isEqualTo("[//shop/O");
        assertThat(Word.at("SEND ON CONVERSATION @h MESS", 28).word()).isEqualTo("MESS");
        assertThat(Word.at("FROM [a] WHE", 12).word()).isEqualTo("WHE");
        assertThat(Word.at("(sel", 4).word()).isEqualTo("sel");
        assertThat(Word.at("[open\nsel", 9).word()).isEqualTo("sel");
        assertThat(Word.at("", 0).word()).isEmpty();
    }
}
