package org.parley.engine.catalog;

import org.parley.CertificateSource;

/** What a statement about keys and certificates asks for. Its texts never hold a password. */
sealed interface KeyEdit {

    /** Does it. */
    void apply(CatalogEditor editor);

    /** CREATE MASTER KEY. */
    record CreateMasterKey(String password) implements KeyEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.masterKey().create(password);
        }

        @Override
        public String toString() {
            return "CreateMasterKey";
        }
    }

    /** ALTER MASTER KEY REGENERATE. */
    record Regenerate(String password, boolean force) implements KeyEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.masterKey().regenerate(password, force);
        }

        @Override
        public String toString() {
            return "Regenerate";
        }
    }

    /** ALTER MASTER KEY ADD or DROP ENCRYPTION BY PASSWORD. */
    record EncryptByPassword(String password, boolean add) implements KeyEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.masterKey().encryptByPassword(password, add);
        }

        @Override
        public String toString() {
            return "EncryptByPassword";
        }
    }

    /** ALTER MASTER KEY ADD or DROP ENCRYPTION BY SERVICE MASTER KEY. */
    record EncryptByServer(boolean add) implements KeyEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.masterKey().encryptByServer(add);
        }
    }

    /** DROP MASTER KEY. */
    record DropMasterKey() implements KeyEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.masterKey().drop();
        }
    }

    /** CREATE CERTIFICATE. */
    record CreateCertificate(String name, CertificateSource source, boolean active) implements KeyEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.certificates().create(this);
        }
    }

    /** ALTER CERTIFICATE ... ACTIVE FOR BEGIN_DIALOG. */
    record SetActive(String name, boolean active) implements KeyEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.certificates().setActive(name, active);
        }
    }

    /** DROP CERTIFICATE. */
    record DropCertificate(String name) implements KeyEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.certificates().drop(name);
        }
    }

    /** The certificate that is changed or dropped, or null. */
    default String changed() {
        return this instanceof SetActive set ? set.name() : this instanceof DropCertificate drop ? drop.name() : null;
    }
}
