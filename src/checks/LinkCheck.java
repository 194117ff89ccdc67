import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fails when a page of the built manual, or one of the Markdown files at the top, links to something that isn't there.
 * Links that leave the project aren't followed: a build must not depend on other people's servers.
 */
final class LinkCheck {
    private static final Pattern HTML_LINK = Pattern.compile("\\s(?:href|src)=\"([^\"]*)\"");
    private static final Pattern HTML_ANCHOR = Pattern.compile("\\s(?:id|name)=\"([^\"]*)\"");
    private static final Pattern MARKDOWN_LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern MARKDOWN_HEADING = Pattern.compile("(?m)^#+ +(.*)$");
    private static final Pattern MARKDOWN_CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");

    private final List<String> broken = new ArrayList<>();
    private int links;

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        LinkCheck check = new LinkCheck();
        check.folder(root.resolve("target/site"), Integer.MAX_VALUE, ".html");
        check.folder(root, 1, ".md");
        check.broken.forEach(System.err::println);
        System.out.println(check.links + " internal links, " + check.broken.size() + " broken");
        if (!check.broken.isEmpty() || check.links == 0) {
            System.exit(1);
        }
    }

    private void folder(Path folder, int depth, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(ending)).sorted().toList()) {
                page(file);
            }
        }
    }

    private void page(Path page) throws IOException {
        boolean html = page.toString().endsWith(".html");
        String text = html
                ? Files.readString(page)
                : MARKDOWN_CODE.matcher(Files.readString(page)).replaceAll("");
        Matcher matcher = (html ? HTML_LINK : MARKDOWN_LINK).matcher(text);
        while (matcher.find()) {
            String link = matcher.group(1).replace("&amp;", "&");
            if (!link.matches("[a-z]+:.*|//.*")) {
                links++;
                follow(page, link);
            }
        }
    }

    private void follow(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty()
                ? page
                : page.resolveSibling(URI.create(path).getPath()).normalize();
        if (!Files.exists(target)) {
            broken.add(page + ": '" + link + "' leads to no file");
        } else if (hash >= 0 && hash < link.length() - 1 && Files.isRegularFile(target)) {
            String anchor = URLDecoder.decode(link.substring(hash + 1), StandardCharsets.UTF_8);
            if (!anchors(target).contains(anchor)) {
                broken.add(page + ": '" + link + "' leads to no place in " + target.getFileName());
            }
        }
    }

    private static Set<String> anchors(Path target) throws IOException {
        Set<String> anchors = new HashSet<>();
        String text = Files.readString(target);
        if (target.toString().endsWith(".html")) {
            HTML_ANCHOR.matcher(text).results().forEach(r -> anchors.add(r.group(1)));
        } else {
            // As GitHub makes them.
            MARKDOWN_HEADING
                    .matcher(text)
                    .results()
                    .forEach(r -> anchors.add(r.group(1)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N}\\- _]", "")
                            .replace(' ', '-')));
        }
        return anchors;
    }
}
