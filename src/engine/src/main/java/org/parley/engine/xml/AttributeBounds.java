package org.parley.engine.xml;

import java.util.HashMap;
import java.util.Map;

/** Bounds the attributes of a type: each element looks at all that its type has. */
final class AttributeBounds {

    private static final int DEEPEST = 100;
    private static final int MOST = 500;

    private final SchemaIndex index;
    private final Map<SchemaNode, Integer> known = new HashMap<>();

    AttributeBounds(SchemaIndex index) {
        this.index = index;
    }

    /** Refuses a complex type or a group of attributes that has too many. */
    void check(SchemaNode holder) {
        count(holder, 0);
    }

    private int count(SchemaNode holder, int depth) {
        if (holder == null) {
            return 0;
        }
        Integer before = known.get(holder);
        if (before != null) {
            return before;
        }
        int count = own(holder, depth);
        if (depth > DEEPEST || count > MOST) {
            throw SchemaErrors.tooMuch(
                    holder.place(),
                    "a type has more than " + MOST + " attributes, or takes them from more than " + DEEPEST
                            + " others");
        }
        known.put(holder, count);
        return count;
    }

    private int own(SchemaNode holder, int depth) {
        int count = 0;
        if (depth <= DEEPEST) {
            for (SchemaNode child : holder.children()) {
                count += switch (child.kind()) {
                    case "attribute" -> 1;
                    case "attributeGroup" ->
                        child.get("ref") == null ? 0 : count(index.attributeGroup(child), depth + 1);
                    case "simpleContent", "complexContent" -> own(child, depth);
                    case "restriction", "extension" ->
                        own(child, depth)
                                + (child.get("base") == null
                                        ? 0
                                        : count(index.type(child, child.get("base")), depth + 1));
                    default -> 0;
                };
            }
        }
        return count;
    }
}
