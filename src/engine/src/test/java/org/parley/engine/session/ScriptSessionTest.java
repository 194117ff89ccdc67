package org.parley.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.DatabaseOptions;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.engine.Failing;
import org.parley.engine.tx.TestXid;
import org.parley.spi.ScriptSession;

/** What scripts can do with their session: databases, users, transactions. */
class ScriptSessionTest {

    private static final Xid XID = TestXid.of(1, 1);

    private static final String SERVICE = "CREATE QUEUE q; CREATE SERVICE s ON QUEUE q ([DEFAULT]);";

    @TempDir
    Path home;

    private Parley parley;

    @BeforeEach
    void open() {
        parley = Parley.open(home);
    }

    @AfterEach
    void close() {
        parley.close();
    }

    private static ScriptSession session(LocalConnection connection) {
        return ((EngineChannel) connection.channel()).scripts().session();
    }

    @Test
    void useLeadsTheConnectionToAnotherDatabase() {
        parley.connect("other").catalog().define(SERVICE);
        LocalConnection connection = parley.connect("here");
        ScriptSession session = session(connection);
        assertThat(session.databases()).containsExactly("here", "other");
        session.use("other");
        assertThat(session.connection().database()).isEqualTo("other");
        assertThat(connection.database()).isEqualTo("other");
        assertThat(connection.catalog().services()).hasSize(1);
        session.use("here");
        assertThat(session.connection().catalog().services()).isEmpty();
    }

    @Test
    void useOpensWhatIsInTheHomeOnly() {
        parley.connect("kept").catalog().define(SERVICE);
        parley.close();
        parley = Parley.open(home);
        LocalConnection connection = parley.connect("here");
        session(connection).use("kept");
        assertThat(connection.catalog().services()).hasSize(1);
        Failing.with(911, () -> session(connection).use("nowhere"));
        assertThat(connection.database()).isEqualTo("kept");
    }

    @Test
    void masterAndMsdbAreMadeWhenUsed() {
        LocalConnection connection = parley.connect("here");
        session(connection).use("MASTER");
        assertThat(connection.database()).isEqualTo("master");
        session(connection).use("msdb");
        assertThat(session(connection).databases()).containsExactly("here", "master", "msdb");
        Failing.with(911, () -> session(connection).use("tempdb"));
    }

    @Test
    void openTransactionGoesAlongUntilItHasWorked() {
        parley.connect("other").catalog().define(SERVICE);
        LocalConnection connection = parley.connect("here");
        ScriptSession session = session(connection);
        session.begin();
        session.use("other");
        assertThat(session.inTransaction()).isTrue();
        connection.begin(Dialog.between("s", "s"));
        Failing.with(226, () -> session.use("here"));
        session.rollback();
        assertThat(connection.endpoints()).isEmpty();
        session.use("here");
        assertThat(session.inTransaction()).isFalse();
    }

    @Test
    void transactionLeftOpenBelongsToTheConnection() {
        LocalConnection connection = parley.connect("here");
        connection.catalog().define(SERVICE);
        session(connection).begin();
        connection.begin(Dialog.between("s", "s"));
        Failing.with(ErrorNumbers.TRANSACTION_ENDED, connection::begin);
        connection.commit();
        assertThat(connection.endpoints()).hasSize(1);
    }

    @Test
    void localTransactionOfAContainerIsNotTheScripts() {
        LocalConnection connection = parley.connect("here");
        connection.catalog().define(SERVICE);
        parley.connect("other");
        ScriptSession session = session(connection);
        connection.channel().beginManaged();
        assertThat(session.managed()).isTrue();
        assertThat(session.inTransaction()).isTrue();
        Failing.with(ErrorNumbers.TRANSACTION_MANAGED, session::begin);
        Failing.with(ErrorNumbers.TRANSACTION_MANAGED, session::commit);
        Failing.with(ErrorNumbers.TRANSACTION_MANAGED, session::rollback);
        Failing.with(226, () -> session.use("other"));
        connection.begin(Dialog.between("s", "s"));
        connection.channel().commit();
        assertThat(session.managed()).isFalse();
        assertThat(connection.endpoints()).hasSize(1);
        session.begin();
        assertThat(session.managed()).isFalse();
        session.rollback();
    }

    @Test
    void globalTransactionIsNotTheScripts() throws Exception {
        LocalConnection connection = parley.connect("here");
        parley.connect("other");
        ScriptSession session = session(connection);
        XAResource resource = connection.channel().xaResource();
        resource.start(XID, XAResource.TMNOFLAGS);
        assertThat(session.managed()).isTrue();
        assertThat(session.inTransaction()).isTrue();
        Failing.with(ErrorNumbers.TRANSACTION_MANAGED, session::begin);
        Failing.with(ErrorNumbers.TRANSACTION_MANAGED, session::commit);
        Failing.with(ErrorNumbers.TRANSACTION_MANAGED, session::rollback);
        Failing.with(226, () -> session.use("other"));
        resource.end(XID, XAResource.TMSUCCESS);
        resource.rollback(XID);
        assertThat(session.managed()).isFalse();
    }

    @Test
    void globalTransactionIsRefusedWhileTheSessionIsElsewhere() throws Exception {
        LocalConnection connection = parley.connect("here");
        parley.connect("other");
        session(connection).use("other");
        XAResource resource = connection.channel().xaResource();
        resource.start(XID, XAResource.TMNOFLAGS);
        Failing.with(ErrorNumbers.NOT_ENLISTED, () -> connection.begin(Dialog.between("s", "s")));
        resource.end(XID, XAResource.TMFAIL);
        resource.rollback(XID);
    }

    @Test
    void cleanupBringsTheChannelHome() {
        LocalConnection connection = parley.connect("here");
        connection.catalog().createUser("ann");
        parley.connect("other");
        session(connection).use("other");
        connection.channel().cleanup();
        assertThat(connection.database()).isEqualTo("here");
        session(connection).executeAs("ann");
        connection.channel().cleanup();
        assertThat(session(connection).user()).isEqualTo("dbo");
    }

    @Test
    void whatTheLanguageKeepsLastsUntilCleanup() {
        LocalConnection connection = parley.connect("here");
        Object kept = session(connection).kept(Object::new);
        assertThat(session(connection).kept(Object::new)).isSameAs(kept);
        connection.channel().cleanup();
        assertThat(session(connection).kept(Object::new)).isNotSameAs(kept);
    }

    @Test
    void tablesOfTheFormerDatabaseAreOutOfReach() throws SQLException {
        LocalConnection connection = parley.connect("here");
        parley.connect("other");
        try (Statement before = connection.sql().createStatement()) {
            session(connection).use("other");
            assertThatThrownBy(() -> before.execute("CREATE TABLE t (a INT)"))
                    .hasMessageContaining("here")
                    .hasMessageContaining("other");
        }
    }

    @Test
    void executeAsHoldsUntilRevert() {
        LocalConnection connection = parley.connect("here");
        connection.catalog().define(SERVICE);
        connection.catalog().createUser("ann");
        connection.catalog().createUser("bob");
        ScriptSession session = session(connection);
        assertThat(session.user()).isEqualTo("dbo");
        session.executeAs("ann");
        assertThat(session.user()).isEqualTo("ann");
        assertThat(session.connection().catalog().services()).isEmpty();
        Failing.with(15517, () -> session.executeAs("bob"));
        session.revert();
        session.revert();
        assertThat(session.user()).isEqualTo("dbo");
        Failing.with(15517, () -> session.executeAs("nobody"));
    }

    @Test
    void ownersOfTheDatabaseMayBecomeOthers() {
        LocalConnection owner = parley.connect("here");
        owner.catalog().createUser("ann");
        owner.catalog().createUser("bob");
        owner.catalog().addRoleMember("db_owner", "ann");
        ScriptSession session = session(parley.connect("here", "ann", null));
        session.executeAs("bob");
        assertThat(session.user()).isEqualTo("bob");
    }

    @Test
    void executeAsKeepsTheTransaction() {
        LocalConnection connection = parley.connect("here");
        connection.catalog().define(SERVICE);
        connection.catalog().createUser("ann");
        ScriptSession session = session(connection);
        session.begin();
        connection.begin(Dialog.between("s", "s"));
        session.executeAs("ann");
        assertThat(session.inTransaction()).isTrue();
        session.commit();
        session.revert();
        assertThat(connection.endpoints()).hasSize(1);
    }

    @Test
    void executeAsHoldsInItsDatabaseOnly() {
        LocalConnection connection = parley.connect("here");
        connection.catalog().createUser("ann");
        parley.connect("other").catalog().createUser("ann");
        ScriptSession session = session(connection);
        session.executeAs("ann");
        Failing.with(ErrorNumbers.UNKNOWN_USER, () -> session.use("other"));
        assertThat(connection.database()).isEqualTo("here");
    }

    @Test
    void executeAsHoldsInOthersWhenItsDatabaseIsTrustworthy() {
        LocalConnection connection = parley.connect("here");
        connection.catalog().createUser("ann");
        connection.catalog().createUser("bob");
        LocalConnection other = parley.connect("other");
        other.catalog().createUser("ann");
        LocalConnection third = parley.connect("third");
        third.catalog().createUser("ann");
        third.close();
        connection.catalog().setTrustworthy(true);
        ScriptSession session = session(connection);
        session.executeAs("bob");
        Failing.with(ErrorNumbers.UNKNOWN_USER, () -> session.use("other"));
        assertThat(connection.database()).isEqualTo("here");
        session.revert();
        session.executeAs("ann");
        session.use("other");
        assertThat(session.user()).isEqualTo("ann");
        Failing.with(15247, () -> session.createDatabase("made", null, DatabaseOptions.DEFAULT));
        Failing.with(15517, () -> session.executeAs("dbo"));
        Failing.with(15357, session::revert);
        session.use("third");
        assertThat(session.user()).isEqualTo("ann");
        session.use("here");
        assertThat(session.user()).isEqualTo("ann");
        session.revert();
        assertThat(session.user()).isEqualTo("dbo");
        session.dropDatabase("third");
    }

    @Test
    void trustEndsAtAnotherExecuteAs() {
        LocalConnection connection = parley.connect("here");
        connection.catalog().createUser("ann");
        connection.catalog().setTrustworthy(true);
        LocalConnection other = parley.connect("other");
        for (String user : new String[] {"ann", "bob"}) {
            other.catalog().createUser(user);
        }
        other.catalog().addRoleMember("db_owner", "ann");
        connection.catalog().createUser("bob");
        ScriptSession session = session(connection);
        session.executeAs("ann");
        session.use("other");
        session.executeAs("bob");
        Failing.with(ErrorNumbers.UNKNOWN_USER, () -> session.use("here"));
        session.revert();
        session.use("here");
        assertThat(session.user()).isEqualTo("ann");
    }

    @Test
    void userIsOneOfTheOtherDatabaseToo() {
        parley.connect("here").catalog().createUser("ann", "secret".toCharArray());
        LocalConnection other = parley.connect("other");
        LocalConnection connection = parley.connect("here", "ann", "secret");
        ScriptSession session = session(connection);
        Failing.with(ErrorNumbers.UNKNOWN_USER, () -> session.use("other"));
        other.catalog().createUser("ann");
        session.use("other");
        assertThat(session.user()).isEqualTo("ann");
        session.use("here");
        other.catalog().setPassword("ann", "another".toCharArray());
        Failing.with(ErrorNumbers.LOGIN_FAILED, () -> session.use("other"));
        assertThat(connection.database()).isEqualTo("here");
    }

    @Test
    void databaseIsMadeAndDropped() {
        LocalConnection connection = parley.connect("here");
        ScriptSession session = session(connection);
        session.createDatabase("made", null, DatabaseOptions.DEFAULT);
        assertThat(session.databases()).containsExactly("here", "made");
        Failing.with(1801, () -> session.createDatabase("made", null, DatabaseOptions.DEFAULT));
        Failing.with(1801, () -> session.createDatabase("here", null, DatabaseOptions.DEFAULT));
        session.use("made");
        connection.catalog().define(SERVICE);
        Failing.with(3702, () -> session.dropDatabase("made"));
        session.use("here");
        session.dropDatabase("made");
        assertThat(session.databases()).containsExactly("here");
        assertThat(home.resolve("made")).doesNotExist();
        assertThat(parley.server().databases()).containsExactly("here");
        session.createDatabase("made", null, DatabaseOptions.DEFAULT);
        session.use("made");
        assertThat(connection.catalog().services()).isEmpty();
    }

    @Test
    void whatIsInUseIsNotDropped() {
        ScriptSession session = session(parley.connect("here"));
        LocalConnection other = parley.connect("other");
        Failing.with(3702, () -> session.dropDatabase("other"));
        other.close();
        session.dropDatabase("other");
        Failing.with(3701, () -> session.dropDatabase("other"));
    }

    @Test
    void sessionCanDropWhereItCameFrom() {
        LocalConnection connection = parley.connect("here");
        ScriptSession session = session(connection);
        session.use("master");
        session.dropDatabase("here");
        assertThat(session.databases()).containsExactly("master");
        connection.channel().cleanup();
        Failing.with(ErrorNumbers.NOT_RUNNING, connection::endpoints);
        connection.close();
    }

    @Test
    void databasesOfTheServerStay() {
        ScriptSession session = session(parley.connect("here"));
        session.use("master");
        session.use("here");
        for (String system : new String[] {"master", "msdb", "model", "tempdb"}) {
            Failing.with(3708, () -> session.dropDatabase(system));
            Failing.with(1801, () -> session.createDatabase(system, null, DatabaseOptions.DEFAULT));
        }
    }

    @Test
    void onlyTheServersOwnerMakesAndDropsDatabases() {
        LocalConnection owner = parley.connect("here");
        owner.catalog().createUser("ann");
        owner.catalog().addRoleMember("db_owner", "ann");
        ScriptSession session = session(parley.connect("here", "ann", null));
        Failing.with(15247, () -> session.createDatabase("made", null, DatabaseOptions.DEFAULT));
        Failing.with(15247, () -> session.dropDatabase("here"));
    }

    @Test
    void halfDeletedDatabaseDoesNotComeBack() throws Exception {
        ScriptSession session = session(parley.connect("here"));
        session.createDatabase("made", null, DatabaseOptions.DEFAULT);
        parley.close();
        // as a kill leaves it that came right after the rename
        Files.move(home.resolve("made"), home.resolve(".template").resolve("dropped-1"));
        parley = Parley.open(home);
        session = session(parley.connect("here"));
        assertThat(session.databases()).containsExactly("here");
        session.createDatabase("made", null, DatabaseOptions.DEFAULT);
        assertThat(home.resolve(".template").resolve("dropped-1")).doesNotExist();
    }
}
