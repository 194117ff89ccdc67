package org.parley.engine.catalog;

import java.util.Optional;

/** The server that a database belongs to, as its catalog needs it. */
public interface HomeServer {

    /** A database without a server, of tests. */
    HomeServer NONE = new HomeServer() {

        @Override
        public DatabaseCatalog master() {
            throw new IllegalStateException("This database has no server.");
        }

        @Override
        public Optional<CatalogSnapshot> definitions() {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> key() {
            return Optional.empty();
        }
    };

    /** The catalog of the database master, which is made when it is missing. */
    DatabaseCatalog master();

    /** What is defined in master; empty while there is none. */
    Optional<CatalogSnapshot> definitions();

    /** The server's own key, 32 bytes, which is made when it is missing. */
    Optional<byte[]> key();
}
