package org.parley.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Talks to an application through HTTP. */
public final class Page {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(LONGEST)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final URI base;

    public Page(URI base) {
        this.base = base;
    }

    /** Gets a page, whatever its status. */
    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** Gets the text of a page that must be there. */
    public String text(String path) {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(base.resolve(path) + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    /** Posts text of some media type. */
    public HttpResponse<String> post(String path, String mediaType, String body) {
        return send(request(path).header("Content-Type", mediaType).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Posts a form. */
    public HttpResponse<String> postForm(String path, Map<String, String> fields) {
        return post(
                path,
                "application/x-www-form-urlencoded",
                fields.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(LONGEST);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
