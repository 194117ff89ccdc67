package org.parley.engine.xml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the documents of a collection define by name. Names that stand twice are the JDK's to refuse. */
final class SchemaIndex {

    private final Map<String, SchemaNode> types = new HashMap<>();
    private final Map<String, SchemaNode> groups = new HashMap<>();
    private final Map<String, SchemaNode> attributeGroups = new HashMap<>();

    SchemaIndex(List<SchemaDocument> documents) {
        for (SchemaDocument document : documents) {
            for (SchemaNode node : document.root().children()) {
                Map<String, SchemaNode> kind =
                        switch (node.kind()) {
                            case "simpleType", "complexType" -> types;
                            case "group" -> groups;
                            case "attributeGroup" -> attributeGroups;
                            default -> null;
                        };
                if (kind != null && node.get("name") != null) {
                    kind.putIfAbsent(node.defined(), node);
                }
            }
        }
    }

    Map<String, SchemaNode> types() {
        return types;
    }

    /** The type that a qualified name stands for; null for one that isn't here. */
    SchemaNode type(SchemaNode at, String name) {
        return types.get(at.resolve(name));
    }

    SchemaNode group(SchemaNode at) {
        return groups.get(at.resolve(at.get("ref")));
    }

    SchemaNode attributeGroup(SchemaNode at) {
        return attributeGroups.get(at.resolve(at.get("ref")));
    }
}
