package org.parley.engine.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.parley.engine.model.Act.What;

/** In which group each conversation is, as transactions move them. Follows the acts in the order of their replay. */
final class Whereabouts {

    private final Map<UUID, UUID> committed = new HashMap<>();
    private final Map<UUID, Set<UUID>> ever = new HashMap<>();
    private final Map<Integer, Map<UUID, UUID>> moved = new HashMap<>();
    private final Map<Integer, Map<UUID, UUID>> atSavepoint = new HashMap<>();

    /** What an act tells of conversations that nothing was known of. */
    void follow(Act act) {
        if (act.what == What.BEGIN && !act.failed()) {
            meet(act.handle(), act.group);
        }
        act.messages.forEach(message -> meet(message.conversationHandle(), message.conversationGroupId()));
    }

    private void meet(UUID handle, UUID group) {
        committed.putIfAbsent(handle, group);
        ever.computeIfAbsent(handle, key -> new HashSet<>()).add(group);
    }

    /** The groups that an act has locked, or may have tried to. */
    Set<UUID> named(Act act) {
        Set<UUID> named = new HashSet<>();
        act.handles.forEach(handle -> named.addAll(of(act, handle)));
        if (act.onlyHandle != null) {
            named.addAll(of(act, act.onlyHandle));
        }
        named.add(act.group);
        named.add(act.onlyGroup);
        act.messages.forEach(message -> named.add(message.conversationGroupId()));
        named.removeIf(Objects::isNull);
        return named;
    }

    /** The group of a conversation; of a statement that failed, as it may have waited, all that it was ever in. */
    private Set<UUID> of(Act act, UUID handle) {
        if (act.failed()) {
            return ever.getOrDefault(handle, Set.of());
        }
        UUID group = moved.getOrDefault(act.transaction, Map.of()).getOrDefault(handle, committed.get(handle));
        return group == null ? Set.of() : Set.of(group);
    }

    /** What an act has changed. */
    void afterwards(Act act) {
        if (act.failed()) {
            return;
        }
        Map<UUID, UUID> own = moved.getOrDefault(act.transaction, Map.of());
        switch (act.what) {
            case MOVE -> {
                moved.computeIfAbsent(act.transaction, key -> new HashMap<>()).put(act.handle(), act.onlyGroup);
                ever.computeIfAbsent(act.handle(), key -> new HashSet<>()).add(act.onlyGroup);
            }
            case SAVEPOINT -> atSavepoint.put(act.transaction, new HashMap<>(own));
            case BACK_TO_SAVEPOINT ->
                moved.put(act.transaction, new HashMap<>(atSavepoint.getOrDefault(act.transaction, Map.of())));
            case COMMIT -> committed.putAll(own);
            default -> {}
        }
    }
}
