package org.parley.spi;

import java.io.InputStream;

/**
 * A body that is read where it lies, in the transaction that has received its message, until that ends; then
 * {@link org.parley.ErrorNumbers#BODY_OUT_OF_REACH}.
 */
public interface StreamedBody {

    /** Number of bytes, more than 0. */
    long length();

    /** A stream from its beginning; several may be open at once. Holds nothing that must be closed. */
    InputStream open();

    /** All of it in memory, where it stays: always the same array, also after the end of the transaction. */
    byte[] bytes();
}
