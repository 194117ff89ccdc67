package org.parley.examples.expenses.web;

/** A page that says what is wrong. */
final class ProblemPage {

    private static final String BODY = """
            <p class="problem" role="alert">%s</p>
            <p><a href="./">All expenses</a></p>
            """;

    private ProblemPage() {}

    static String render(String problem) {
        return Layout.page("Not found", false, BODY.formatted(Layout.escape(problem)));
    }
}
