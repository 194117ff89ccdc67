package org.parley.sql.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.parley.sql.value.Functions;

/**
 * The syntax that the statement reference shows is the one that the parser reads. Run with {@code -Dpages.write=true} it writes
 * the pages instead of comparing them.
 */
class SyntaxOfPagesTest {

    private static final Path INDEX = Path.of("../site/markdown/statements.md");
    private static final Path MENU = Path.of("../site/site.xml");

    @TestFactory
    Stream<DynamicTest> everyPageShowsTheSyntaxOfTheGrammar() throws IOException {
        List<Page> pages = Page.all();
        Set<String> places =
                pages.stream().flatMap(page -> page.rules().stream()).collect(Collectors.toSet());
        Syntax syntax = new Syntax(Grammar.read(), places);
        return pages.stream()
                .map(page -> DynamicTest.dynamicTest(page.name(), () -> {
                    String right = page.with(syntax::of);
                    if (Boolean.getBoolean("pages.write")) {
                        Files.writeString(page.file(), right);
                    } else {
                        assertThat(page.text())
                                .as("%s; -Dpages.write=true writes it", page.name())
                                .isEqualTo(right);
                    }
                }));
    }

    @Test
    void everyStatementOfTheGrammarHasItsPage() throws IOException {
        Grammar grammar = Grammar.read();
        List<String> statements = grammar.statements().stream()
                .flatMap(rule -> Narrowing.forms(rule, grammar).stream())
                .filter(form -> !form.equals("drop:PROC"))
                .toList();
        List<String> shown =
                Page.all().stream().flatMap(page -> page.rules().stream()).toList();
        assertThat(statements).hasSizeGreaterThan(80);
        assertThat(shown).containsAll(statements).doesNotHaveDuplicates();
    }

    @Test
    void everyFunctionIsOnItsPage() throws IOException {
        String page = Files.readString(Page.FOLDER.resolve("functions.md"));
        assertThat(Functions.names()).allSatisfy(name -> assertThat(page).containsPattern("\\b" + name + "\\b"));
    }

    @Test
    void everyPageIsInTheListAndInTheMenu() throws IOException {
        String list = Files.readString(INDEX);
        String menu = Files.readString(MENU);
        for (Page page : Page.all()) {
            assertThat(list).contains("(statements/" + page.name() + ")");
            assertThat(menu).contains("\"statements/" + page.name().replace(".md", ".html") + "\"");
        }
    }
}
