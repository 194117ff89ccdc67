package org.parley.engine.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An element of a schema document that belongs to the language of schemas; what annotations hold isn't kept. */
final class SchemaNode {

    /** Namespace of the language. */
    static final String LANGUAGE = "http://www.w3.org/2001/XMLSchema";

    private final String kind;
    private final Map<String, String> attributes;
    private final Map<String, String> prefixes;
    private final String target;
    private final String place;
    private final List<SchemaNode> children = new ArrayList<>();

    /**
     * An element.
     *
     * @param kind its local name
     * @param attributes those without a namespace
     * @param prefixes namespaces by prefix
     * @param target target namespace of its document
     * @param place line and column, as messages say it
     */
    SchemaNode(String kind, Map<String, String> attributes, Map<String, String> prefixes, String target, String place) {
        this.kind = kind;
        this.attributes = attributes;
        this.prefixes = prefixes;
        this.target = target;
        this.place = place;
    }

    String kind() {
        return kind;
    }

    boolean is(String other) {
        return kind.equals(other);
    }

    /** The value of an attribute, or null. */
    String get(String attribute) {
        String value = attributes.get(attribute);
        return value == null ? null : value.strip();
    }

    /** The value of an attribute as it is written, or null. */
    String raw(String attribute) {
        return attributes.get(attribute);
    }

    String target() {
        return target;
    }

    String place() {
        return place;
    }

    void add(SchemaNode child) {
        children.add(child);
    }

    List<SchemaNode> children() {
        return children;
    }

    Stream<SchemaNode> children(String... kinds) {
        List<String> wanted = List.of(kinds);
        return children.stream().filter(child -> wanted.contains(child.kind));
    }

    /** The first child of one of these kinds, or null. */
    SchemaNode child(String... kinds) {
        return children(kinds).findFirst().orElse(null);
    }

    /** Itself and everything inside. */
    void each(Consumer<SchemaNode> taker) {
        taker.accept(this);
        children.forEach(child -> child.each(taker));
    }

    /** The full name that a qualified name stands for here: {@code {namespace}local}. */
    String resolve(String name) {
        int colon = name.indexOf(':');
        String namespace = prefixes.getOrDefault(colon < 0 ? "" : name.substring(0, colon), "");
        return fullName(namespace, name.substring(colon + 1));
    }

    /** The full name of what this node defines. */
    String defined() {
        return fullName(target, get("name"));
    }

    static String fullName(String namespace, String local) {
        return "{" + (namespace == null ? "" : namespace) + "}" + local;
    }

    static boolean isBuiltIn(String fullName) {
        return fullName.startsWith("{" + LANGUAGE + "}");
    }
}
