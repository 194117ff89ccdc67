package org.parley.tests.crash.app;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** How many transactions are in doubt in each of the two resources. */
final class InDoubt {

    private static final Pattern REASON = Pattern.compile("has (\\d+) transactions in doubt");

    private InDoubt() {}

    static String text(Connection second) throws SQLException {
        return "in doubt " + parley() + " " + Ledger.inDoubt(second);
    }

    private static int parley() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            int count = 0;
            for (ObjectName server : beans.queryNames(new ObjectName("org.parley:type=Server,*"), null)) {
                for (String reason : (String[]) beans.getAttribute(server, "Reasons")) {
                    Matcher matcher = REASON.matcher(reason);
                    if (matcher.find()) {
                        count += Integer.parseInt(matcher.group(1));
                    }
                }
            }
            return count;
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
