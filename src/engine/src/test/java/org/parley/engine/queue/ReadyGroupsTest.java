package org.parley.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;

/** Against a sorted set. */
class ReadyGroupsTest {

    private final ReadyGroups ready = new ReadyGroups();
    private final TreeSet<Group> model =
            new TreeSet<>(Comparator.comparingInt((Group group) -> -only(group).priority())
                    .thenComparingLong(group -> only(group).headOrder())
                    .thenComparingLong(Group::idHigh)
                    .thenComparingLong(Group::idLow));
    private final Random random = new Random(7);

    @Test
    void theFirstIsTheOneOfHighestPriorityThenOfTheOldestMessage() {
        List<Group> away = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            away.add(group(i));
        }
        List<Group> here = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            boolean add = here.isEmpty() || !away.isEmpty() && random.nextInt(10) < (i / 10_000 % 2 == 0 ? 7 : 3);
            List<Group> from = add ? away : here;
            Group group = from.remove(random.nextInt(from.size()));
            if (add) {
                receive(group);
                ready.add(group);
                model.add(group);
                here.add(group);
            } else {
                ready.remove(group);
                model.remove(group);
                away.add(group);
            }
            assertThat(ready.size()).isEqualTo(model.size());
            assertThat(ready.first()).isSameAs(model.isEmpty() ? null : model.first());
        }
        assertThat(ready.inOrder()).containsExactlyElementsOf(model);
        for (Group group : ready.inOrder()) {
            assertThat(ready.first()).isSameAs(group);
            ready.remove(group);
        }
        assertThat(ready.first()).isNull();
    }

    /** Its message comes at a time of its own, which may be another group's, too. */
    private void receive(Group group) {
        Endpoint endpoint = only(group);
        endpoint.receivedUpTo(endpoint.arrived(), 0);
        endpoint.arriveUpTo(endpoint.arrived() + 1, random.nextInt(1000));
        group.takeTurn();
    }

    private static Endpoint only(Group group) {
        return group.endpoints().get(0);
    }

    private Group group(int id) {
        UUID uuid = new UUID(random.nextLong(), random.nextLong());
        Group group = new LocalService(1, null).makeGroup(uuid);
        EndpointRow row = new EndpointRow(
                2 * id, uuid, uuid, 1, 1, uuid, "far", null, false, 1 + random.nextInt(3), 0, Stage.OPEN, 0);
        group.add(new Endpoint(row, group, new EndpointState(Own.OPEN, Far.ACTIVE), 0));
        return group;
    }
}
