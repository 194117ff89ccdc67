package org.parley;

/** Names of the message types that every database has; service-broker.md, sections 1.11 and 8. */
public final class SystemMessageTypes {

    /** An error has ended the conversation. */
    public static final String ERROR = "http://schemas.microsoft.com/SQL/ServiceBroker/Error";

    /** The other side has ended the conversation. */
    public static final String END_DIALOG = "http://schemas.microsoft.com/SQL/ServiceBroker/EndDialog";

    /** This side's conversation timer has passed. */
    public static final String DIALOG_TIMER = "http://schemas.microsoft.com/SQL/ServiceBroker/DialogTimer";

    /** The message type and the contract that need no definition. */
    public static final String DEFAULT = "DEFAULT";

    private static final String HTTPS = "https://schemas.microsoft.com/SQL/";

    private SystemMessageTypes() {}

    /** The stored spelling of a name: system names that newer documents print with https mean the one with http. */
    public static String canonical(String name) {
        return name != null && name.startsWith(HTTPS) ? "http" + name.substring("https".length()) : name;
    }
}
