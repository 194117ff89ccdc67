package org.parley.engine.xml;

/** What the JDK says, at a bearable length: a value that it quotes may be as long as a message. */
final class Words {

    private static final int LONGEST_QUOTE = 60;
    private static final int LONGEST_LIST = 200;

    private Words() {}

    /** Without the number of a rule at the begin, which means nothing to most readers. */
    static String shortened(String given) {
        String words = given.replaceFirst("^[a-z]+-[A-Za-z0-9.-]+: ", "");
        StringBuilder all = new StringBuilder();
        int at = 0;
        while (at < words.length()) {
            int open = words.indexOf('\'', at);
            int close = open < 0 ? -1 : words.indexOf('\'', open + 1);
            if (close < 0) {
                break;
            }
            int most = words.charAt(open + 1) == '{' ? LONGEST_LIST : LONGEST_QUOTE;
            all.append(words, at, open + 1)
                    .append(cut(words.substring(open + 1, close), most))
                    .append('\'');
            at = close + 1;
        }
        return all.append(words, at, words.length()).toString();
    }

    private static String cut(String quoted, int most) {
        if (quoted.length() <= most) {
            return quoted;
        }
        int end = Character.isHighSurrogate(quoted.charAt(most - 1)) ? most - 1 : most;
        return quoted.substring(0, end) + "...";
    }
}
