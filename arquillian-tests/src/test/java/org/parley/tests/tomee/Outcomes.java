package org.parley.tests.tomee;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.derby.jdbc.EmbeddedXADataSource;
import org.parley.BrokerConnection;
import org.parley.InDoubtBranch;
import org.parley.Parley;
import org.parley.tests.manual.ManualPage;
import org.parley.tests.server.Places;

/**
 * What TomEE's log says of the transactions that a crash has left in doubt, told to both resources as an operator would.
 *
 * @param decided those branches that are to be committed
 */
record Outcomes(Set<String> decided) {

    private static final String PROGRAM = "Decided.java";

    /** As the program in the manual reads them from the files of a server that doesn't run. */
    static Outcomes of(Path base) {
        Path directory = Places.emptied("tomee-outcomes");
        Places.copy(base.resolve("txlog"), directory.resolve("txlog"));
        Path program = Places.write(directory.resolve(PROGRAM), new ManualPage("tomee.md").block("java", PROGRAM));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        TomeeServer.HOME.resolve("lib") + "/*",
                        program.toString(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            Process process = builder.start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(PROGRAM + ": " + printed);
            }
            return new Outcomes(printed.lines().collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In place of the transaction manager, which never comes. */
    void tellParley(Path home) {
        try (Parley parley = Parley.open(home);
                BrokerConnection connection = parley.connect("parley")) {
            for (InDoubtBranch branch : connection.inDoubtBranches()) {
                if (decided.contains(branch.xid())) {
                    connection.commitInDoubt(branch.xid());
                } else {
                    connection.rollbackInDoubt(branch.xid());
                }
                connection.forgetInDoubt(branch.xid());
            }
        }
    }

    /** By the means of that one. */
    void tellSecond(Path database) {
        EmbeddedXADataSource derby = new EmbeddedXADataSource();
        derby.setDatabaseName(database.toString());
        try {
            XAConnection connection = derby.getXAConnection();
            XAResource resource = connection.getXAResource();
            for (Xid xid : resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)) {
                if (decided.contains(text(xid))) {
                    resource.commit(xid, false);
                } else {
                    resource.rollback(xid);
                }
            }
            connection.close();
            shutDown(derby);
        } catch (SQLException | XAException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Xid xid) {
        HexFormat hex = HexFormat.of();
        return Integer.toHexString(xid.getFormatId()) + ":" + hex.formatHex(xid.getGlobalTransactionId()) + ":"
                + hex.formatHex(xid.getBranchQualifier());
    }

    private static void shutDown(EmbeddedXADataSource derby) throws SQLException {
        derby.setShutdownDatabase("shutdown");
        try {
            derby.getXAConnection().getConnection();
        } catch (SQLException e) {
            if (!"08006".equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
