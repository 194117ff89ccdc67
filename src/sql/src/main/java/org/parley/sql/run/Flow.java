package org.parley.sql.run;

/** Where it goes on after a statement. */
enum Flow {
    /** With the next one. */
    NEXT,
    /** Behind the loop. */
    BREAK,
    /** With the loop's condition. */
    CONTINUE,
    /** Behind the procedure, text or batch. */
    RETURN
}
