package org.parley.sql.value;

/**
 * How text is compared: without regard to upper and lower case, with regard to accents, blanks at the end not counted. See
 * decision 0032.
 */
final class Collation {

    private Collation() {}

    /** Negative, zero or positive. */
    static int compare(String one, String other) {
        int longer = Math.max(one.length(), other.length());
        for (int i = 0; i < longer; i++) {
            char left = i < one.length() ? folded(one.charAt(i)) : ' ';
            char right = i < other.length() ? folded(other.charAt(i)) : ' ';
            if (left != right) {
                return left < right ? -1 : 1;
            }
        }
        return 0;
    }

    /** Equal for characters that differ in case only. */
    static char folded(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    /** The same for all of a text; as long as the text. */
    static String folded(String text) {
        char[] folded = text.toCharArray();
        for (int i = 0; i < folded.length; i++) {
            folded[i] = folded(folded[i]);
        }
        return new String(folded);
    }
}
