package org.parley.tests.crash.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A message at which a bean of this process stays. To the beans of the next process it is like any other. */
public final class Stuck {

    /** Begins the line that tells of it. */
    public static final String PRINTED = "#stuck at ";

    /** Longer than the adapter waits for its beans. WildFly itself waits until the last has ended. */
    private static final int SECONDS = 15;

    private Stuck() {}

    /** The number of the dialog. */
    static String number() {
        return "stuck" + ProcessHandle.current().pid();
    }

    /** Stays, if it is the message. */
    public static void stay(String text) throws InterruptedException {
        if (text.startsWith(number())) {
            System.out.println(PRINTED + text);
            new CountDownLatch(1).await(SECONDS, TimeUnit.SECONDS);
        }
    }
}
