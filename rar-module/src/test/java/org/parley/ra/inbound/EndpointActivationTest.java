package org.parley.ra.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.BrokerException;
import org.parley.ConversationListener;
import org.parley.MessageBatchListener;
import org.parley.ra.sight.ServerSight;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.BrokerServer;
import org.parley.spi.ReaderUnavailableException;

class EndpointActivationTest {

    private final List<String> trace = new ArrayList<>();
    private final ServerSight sight = new ServerSight(Path.of("home"));
    private final ParleyActivationSpec spec = new ParleyActivationSpec();
    private ActivationConfig activated;
    private WorkListener workListener;
    private boolean rejecting;

    public abstract static class Both implements ConversationListener, MessageBatchListener {}

    private final Activation activation = new Activation() {
        @Override
        public State state() {
            return State.WAITING;
        }

        @Override
        public int readers() {
            return 0;
        }

        @Override
        public String reason() {
            return "no queue";
        }

        @Override
        public void pause() {
            trace.add("pause");
        }

        @Override
        public void resume() {
            trace.add("resume");
        }

        @Override
        public Failures failures() {
            return new Failures(0, null);
        }

        @Override
        public boolean stop(Duration longest) {
            trace.add(longest.isZero() ? "stop" : "await");
            assertThat(longest).isLessThanOrEqualTo(Duration.ofSeconds(10));
            return true;
        }
    };

    private final BrokerServer server = (BrokerServer) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {BrokerServer.class}, (proxy, method, arguments) -> {
                activated = (ActivationConfig) arguments[0];
                return activation;
            });

    private final WorkManager works = (WorkManager) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {WorkManager.class}, (proxy, method, arguments) -> {
                if (rejecting) {
                    throw new WorkRejectedException("busy");
                }
                assertThat(arguments[0]).isInstanceOf(Work.class);
                assertThat((ExecutionContext) arguments[2]).isNull();
                workListener = (WorkListener) arguments[3];
                return null;
            });

    private EndpointActivation start(Class<?> bean) throws Exception {
        spec.setQueue("Inbox");
        return EndpointActivation.start(server, sight, works, new FakeContainer(trace, bean, null), spec);
    }

    @Test
    void activatesWithWhatTheBeanTakes() throws Exception {
        EndpointActivation started = start(ReaderTest.Desk.class);
        assertThat(activated.name()).isEqualTo(ReaderTest.Desk.class.getName());
        assertThat(activated.handledTypes()).contains("submit", "http://schemas.microsoft.com/SQL/Other");
        assertThat(sight.getActivations())
                .containsEntry(ReaderTest.Desk.class.getName() + " on parley.Inbox", "WAITING, 0 readers: no queue");
        started.stop();
        assertThat(trace).containsExactly("stop", "await");
        assertThat(sight.getActivations()).isEmpty();
    }

    @Test
    void allAreToldToStopBeforeAnyIsWaitedFor() throws Exception {
        EndpointActivation.stopAll(List.of(start(ReaderTest.Desk.class), start(ReaderTest.Desk.class)));
        assertThat(trace).containsExactly("stop", "stop", "await", "await");
    }

    @Test
    void wrongPropertyOrBeanActivatesNothing() {
        spec.setMaxQueueReaders("-1");
        assertThatThrownBy(() -> start(ReaderTest.Desk.class)).isInstanceOf(InvalidPropertyException.class);
        spec.setMaxQueueReaders("1");
        assertThatThrownBy(() -> start(Both.class))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("implements both");
        assertThatThrownBy(() -> start(String.class))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("implements neither");
        assertThat(activated).isNull();
    }

    @Test
    void rejectedWorkIsNoReader() throws Exception {
        EndpointActivation started = start(ReaderTest.Desk.class);
        rejecting = true;
        assertThatThrownBy(() -> started.start(new FakeDelivery(trace)))
                .isInstanceOf(ReaderUnavailableException.class)
                .hasRootCauseInstanceOf(WorkRejectedException.class);
        assertThat(trace).isEmpty();
    }

    @Test
    void workRejectedLaterGivesTheGroupBack() throws Exception {
        EndpointActivation started = start(ReaderTest.Desk.class);
        started.start(new FakeDelivery(trace));
        workListener.workRejected(new WorkEvent(this, WorkEvent.WORK_REJECTED, null, null));
        assertThat(trace).containsExactly("close");
    }
}
