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
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.parley.ActivationStatus;
import org.parley.ActivationStatus.State;
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
    private final EndpointActivations activations = new EndpointActivations();
    private final ServerSight sight = new ServerSight(Path.of("home"));
    private final ParleyActivationSpec spec = new ParleyActivationSpec();
    private ActivationConfig activated;
    private WorkListener workListener;
    private ClassLoader context;
    private boolean rejecting;

    public abstract static class Both implements ConversationListener, MessageBatchListener {}

    private final class Recorded implements Activation {
        @Override
        public ActivationStatus status() {
            return new ActivationStatus("Inbox", "bean", State.WAITING, "no queue", 0, 1, 2, "no thread is free");
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
        public boolean stop(Duration longest) {
            trace.add(longest.isZero() ? "stop" : "await");
            assertThat(longest).isLessThanOrEqualTo(Duration.ofSeconds(10));
            return true;
        }
    }

    private final BrokerServer server = (BrokerServer) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {BrokerServer.class}, (proxy, method, arguments) -> {
                activated = (ActivationConfig) arguments[0];
                return new Recorded();
            });

    private final WorkManager works = (WorkManager) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {WorkManager.class}, (proxy, method, arguments) -> {
                if (rejecting) {
                    throw new WorkRejectedException("busy");
                }
                assertThat(arguments[0]).isInstanceOf(Work.class);
                assertThat((ExecutionContext) arguments[2]).isNull();
                context = Thread.currentThread().getContextClassLoader();
                workListener = (WorkListener) arguments[3];
                return null;
            });

    private EndpointActivation start(Class<?> bean) throws Exception {
        return start(new FakeContainer(trace, bean, null));
    }

    private EndpointActivation start(FakeContainer container) throws Exception {
        spec.setQueue("Inbox");
        EndpointActivation started = EndpointActivation.start(server, sight, works, container, spec);
        activations.add(container, spec, started);
        return started;
    }

    /** What is shown over JMX is shown to all tests. */
    @AfterEach
    void stop() {
        activations.stop();
    }

    @Test
    void activatesWithWhatTheBeanTakes() throws Exception {
        start(ReaderTest.Desk.class);
        assertThat(activated.name()).isEqualTo(ReaderTest.Desk.class.getName());
        assertThat(activated.handledTypes()).contains("submit", "http://schemas.microsoft.com/SQL/Other");
        assertThat(sight.getActivations())
                .containsEntry(ReaderTest.Desk.class.getName() + " on parley.Inbox", "WAITING, 0 readers: no queue");
        activations.stop();
        assertThat(trace).containsExactly("stop", "await");
        assertThat(sight.getActivations()).isEmpty();
    }

    @Test
    void eachIsShownOverJmxAndPausedThere() throws Exception {
        FakeContainer one = new FakeContainer(trace, ReaderTest.Desk.class, null);
        FakeContainer other = new FakeContainer(trace, ReaderTest.Desk.class, null);
        start(one);
        start(other);
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName first =
                new ObjectName("org.parley:type=Activation,home=\"home\",database=\"parley\",queue=\"Inbox\",name="
                        + ObjectName.quote(ReaderTest.Desk.class.getName()));
        ObjectName second = new ObjectName(first + ",instance=2");
        assertThat(beans.getAttribute(first, "State")).isEqualTo("WAITING");
        assertThat(beans.getAttribute(first, "Reason")).isEqualTo("no queue");
        assertThat(beans.getAttribute(first, "Readers")).isEqualTo(0);
        assertThat(beans.getAttribute(first, "MaxReaders")).isEqualTo(1);
        assertThat(beans.getAttribute(first, "Failures")).isEqualTo(2L);
        assertThat(beans.getAttribute(first, "LastFailure")).isEqualTo("no thread is free");
        beans.invoke(second, "pause", null, null);
        beans.invoke(second, "resume", null, null);
        assertThat(trace).containsExactly("pause", "resume");
        activations.stop(one, spec);
        assertThat(beans.isRegistered(first)).isFalse();
        assertThat(beans.isRegistered(second)).isTrue();
        activations.stop(other, spec);
        assertThat(beans.queryNames(new ObjectName("org.parley:type=Activation,*"), null))
                .isEmpty();
    }

    @Test
    void allAreToldToStopBeforeAnyIsWaitedFor() throws Exception {
        start(ReaderTest.Desk.class);
        start(ReaderTest.Desk.class);
        activations.stop();
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
        EndpointActivation activation = start(ReaderTest.Desk.class);
        rejecting = true;
        assertThatThrownBy(() -> activation.start(new FakeDelivery(trace)))
                .isInstanceOf(ReaderUnavailableException.class)
                .hasRootCauseInstanceOf(WorkRejectedException.class);
        assertThat(trace).isEmpty();
    }

    /** Else a container that keeps it with the work would keep an undeployed engine. */
    @Test
    void workIsScheduledWithoutTheEnginesContext() throws Exception {
        EndpointActivation activation = start(ReaderTest.Desk.class);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader engine = new URLClassLoader(new URL[0])) {
            thread.setContextClassLoader(engine);
            activation.start(new FakeDelivery(trace));
            assertThat(context).isSameAs(EndpointActivation.class.getClassLoader());
            assertThat(thread.getContextClassLoader()).isSameAs(engine);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void workRejectedLaterGivesTheGroupBack() throws Exception {
        EndpointActivation activation = start(ReaderTest.Desk.class);
        activation.start(new FakeDelivery(trace));
        workListener.workRejected(new WorkEvent(this, WorkEvent.WORK_REJECTED, null, null));
        assertThat(trace).containsExactly("close");
    }
}
