package org.parley.engine.catalog;

import org.parley.NetworkEndpointDefinition;

/** What a statement about the server as a whole asks for; it runs in master. */
sealed interface ServerEdit {

    /** Does it. */
    void apply(CatalogEditor editor);

    /** CREATE ENDPOINT. */
    record CreateEndpoint(NetworkEndpointDefinition definition) implements ServerEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.networkEndpoints().define(definition);
        }
    }

    /** ALTER ENDPOINT. */
    record AlterEndpoint(NetworkEndpointDefinition definition) implements ServerEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.networkEndpoints().alter(definition);
        }
    }

    /** DROP ENDPOINT. */
    record DropEndpoint(String name) implements ServerEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.networkEndpoints().drop(name);
        }
    }

    /** CREATE LOGIN; one of password and certificate is null. */
    record CreateLogin(String name, char[] password, String certificate) implements ServerEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.logins().create(this);
        }

        @Override
        public String toString() {
            return "CreateLogin[" + name + "]";
        }
    }

    /** ALTER LOGIN ... WITH PASSWORD. */
    record SetPassword(String name, char[] password) implements ServerEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.logins().setPassword(name, password);
        }

        @Override
        public String toString() {
            return "SetPassword[" + name + "]";
        }
    }

    /** ALTER LOGIN ... ENABLE or DISABLE. */
    record Enable(String name, boolean enabled) implements ServerEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.logins().enable(name, enabled);
        }
    }

    /** DROP LOGIN. */
    record DropLogin(String name) implements ServerEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.logins().drop(name);
        }
    }
}
