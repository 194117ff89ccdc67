package org.parley.engine.security;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The master key of a database as it is stored: random bytes that private keys are encrypted by, in one envelope for each
 * password that opens it and in one more for the server's own key. Immutable.
 *
 * @param envelopes {@code password:iterations:salt:sealed} or {@code server:sealed}, salt and sealed bytes in base 64
 */
public record MasterKey(List<String> envelopes) {

    private static final String SERVER = "server:";
    private static final String PASSWORD = "password:";
    private static final int SALT_BYTES = 16;

    /** Keeps an unmodifiable copy. */
    public MasterKey {
        envelopes = List.copyOf(envelopes);
    }

    /** From its stored form. */
    public static MasterKey of(String stored) {
        return new MasterKey(List.of(stored.split(" ")));
    }

    /** Its stored form. */
    public String stored() {
        return String.join(" ", envelopes);
    }

    /** Bytes for a new key. */
    public static byte[] random() {
        return Envelope.random(Envelope.KEY_BYTES);
    }

    /** A key in one envelope, that of a password. */
    public static MasterKey of(byte[] key, String password) {
        return new MasterKey(List.of()).with(key, password);
    }

    /** The same with another password that opens it. */
    public MasterKey with(byte[] key, String password) {
        byte[] salt = Envelope.random(SALT_BYTES);
        int rounds = Password.rounds();
        byte[] sealed = Envelope.seal(Password.digest(password.toCharArray(), salt, rounds), key);
        return changed(all -> all.add(PASSWORD + rounds + ":" + text(salt) + ":" + text(sealed)));
    }

    /** The same without a password. */
    public MasterKey without(String password) {
        return changed(all -> all.removeIf(each -> opened(each, password).isPresent()));
    }

    /** The same, encrypted by the server's own key too. */
    public MasterKey withServer(byte[] key, byte[] serverKey) {
        return withoutServer().changed(all -> all.add(SERVER + text(Envelope.seal(serverKey, key))));
    }

    /** The same, opened by passwords alone. */
    public MasterKey withoutServer() {
        return changed(all -> all.removeIf(each -> each.startsWith(SERVER)));
    }

    private MasterKey changed(Consumer<List<String>> change) {
        List<String> all = new ArrayList<>(envelopes);
        change.accept(all);
        return new MasterKey(all);
    }

    /** Number of passwords that open it. */
    public long passwords() {
        return envelopes.stream().filter(each -> each.startsWith(PASSWORD)).count();
    }

    /** Whether it is encrypted by the key of a server, maybe of another one. */
    public boolean byServer() {
        return envelopes.stream().anyMatch(each -> each.startsWith(SERVER));
    }

    /** The key; empty when the password doesn't open it. */
    public Optional<Opened> open(String password) {
        return first(each -> opened(each, password));
    }

    /** The key; empty when it isn't encrypted by this server's own key. */
    public Optional<Opened> open(byte[] serverKey) {
        return first(each -> each.startsWith(SERVER)
                ? Envelope.open(serverKey, bytes(each.substring(SERVER.length())))
                : Optional.empty());
    }

    private Optional<Opened> first(Function<String, Optional<byte[]>> opening) {
        return envelopes.stream()
                .flatMap(each -> opening.apply(each).map(key -> new Opened(each, key)).stream())
                .findFirst();
    }

    /**
     * The key out of its envelope.
     *
     * @param envelope as it is stored
     * @param key the bytes
     */
    public record Opened(String envelope, byte[] key) {

        @Override
        public String toString() {
            return "Opened";
        }
    }

    private static Optional<byte[]> opened(String envelope, String password) {
        if (!envelope.startsWith(PASSWORD)) {
            return Optional.empty();
        }
        String[] parts = envelope.substring(PASSWORD.length()).split(":");
        byte[] key = Password.digest(password.toCharArray(), bytes(parts[1]), Integer.parseInt(parts[0]));
        return Envelope.open(key, bytes(parts[2]));
    }

    /** What nobody can read without the key. */
    public static byte[] seal(byte[] key, byte[] content) {
        return Envelope.seal(key, content);
    }

    /** What was sealed; empty when it was by another key. */
    public static Optional<byte[]> unseal(byte[] key, byte[] sealed) {
        return Envelope.open(key, sealed);
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return Base64.getDecoder().decode(text);
    }
}
