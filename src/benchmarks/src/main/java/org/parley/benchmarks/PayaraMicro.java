package org.parley.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** A Payara Micro with both adapters and the beans of line 6, in a JVM of its own. */
final class PayaraMicro implements AutoCloseable {

    private static final String SERVER = "payara-micro.jar";
    private static final String APPLICATION = "activation.war";
    private static final long LONGEST_START_NANOS = Duration.ofMinutes(5).toNanos();
    private static final Duration LONGEST_GREETING = Duration.ofSeconds(10);
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);
    private static final long POLL_NANOS = Duration.ofMillis(50).toNanos();
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_000;
    private static final int NO_CONTENT = 204;
    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final Path log;
    private final URI application;
    private final Thread killer;

    private PayaraMicro(Process process, Path log, URI application) {
        this.process = process;
        this.log = log;
        this.application = application;
        this.killer = new Thread(process::destroyForcibly, "payara-micro-killer");
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /**
     * Starts it and waits until the application is there.
     *
     * @param archives where the build has put what it needs
     * @param folder where its data and all else that it writes go
     */
    static PayaraMicro start(Path archives, Path folder) throws IOException, InterruptedException {
        Path jar = archives.resolve(SERVER);
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("There is no '" + jar + "'; a build of src/benchmarks puts it there.");
        }
        Path temporary = Files.createDirectories(folder.resolve("tmp").toAbsolutePath());
        Path log = folder.resolve("server.log");
        int port = freePort();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms1g",
                        "-Xmx1g",
                        "-Djava.io.tmpdir=" + temporary,
                        "-Dparley.home=" + ParleyServer.home(folder).toAbsolutePath(),
                        "-jar",
                        SERVER,
                        "--nohazelcast",
                        "--disablephonehome",
                        "--port",
                        Integer.toString(port),
                        "--prebootcommandfile",
                        "pre-boot.txt",
                        "--postbootcommandfile",
                        "post-boot.txt",
                        "--deploy",
                        APPLICATION)
                .directory(archives.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        PayaraMicro server = new PayaraMicro(process, log, URI.create("http://127.0.0.1:" + port + "/activation/"));
        try {
            server.awaitApplication();
        } catch (Exception | Error e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** One that nobody had a moment ago, and that no system gives to outgoing connections meanwhile. */
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(LOWEST_PORT, HIGHEST_PORT)
                .filter(PayaraMicro::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitApplication() throws InterruptedException {
        long begun = System.nanoTime();
        while (!isThere()) {
            if (!process.isAlive() || System.nanoTime() - begun > LONGEST_START_NANOS) {
                throw new IllegalStateException("Payara Micro has not started; see " + log + ".");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean isThere() throws InterruptedException {
        try {
            return send(HttpRequest.newBuilder(application)
                                    .timeout(LONGEST_GREETING)
                                    .GET())
                            .statusCode()
                    == NO_CONTENT;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What the application answers to lines of text. */
    String answer(List<String> lines) throws InterruptedException {
        HttpResponse<String> response = post(String.join("\n", lines));
        if (response.statusCode() != OK) {
            throw new IllegalStateException("The server (see " + log + ") answered: " + response.body());
        }
        return response.body();
    }

    private HttpResponse<String> post(String body) throws InterruptedException {
        try {
            return send(
                    HttpRequest.newBuilder(application).timeout(LONGEST_ANSWER).POST(BodyPublishers.ofString(body)));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The server (see " + log + ") has not answered within " + LONGEST_ANSWER + ", or is gone.", e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Kills it: what it has stored isn't needed any more. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
