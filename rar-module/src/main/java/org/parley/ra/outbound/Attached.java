package org.parley.ra.outbound;

/** A connection handle. An interface, since some containers put a proxy around handles. */
public interface Attached {

    /** What it works through. */
    Attachment attachment();
}
