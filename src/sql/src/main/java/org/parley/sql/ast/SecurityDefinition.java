package org.parley.sql.ast;

import java.util.List;

/** Principals, permissions and keys; service-broker.md, sections 5.9 and 16. Null stands for what isn't written. */
public sealed interface SecurityDefinition extends DefinitionStatement {

    /**
     * CREATE or ALTER USER.
     *
     * @param form WITHOUT LOGIN, FOR LOGIN, FOR CERTIFICATE, PASSWORD, or null
     * @param subject login or certificate of the form
     */
    record User(Position at, boolean alter, String name, String form, String subject, String password, String schema)
            implements SecurityDefinition {

        @Override
        public String toString() {
            return "User[" + name + "]";
        }
    }

    /** CREATE or ALTER LOGIN; the certificate is that of FROM CERTIFICATE, enabled that of ALTER LOGIN. */
    record Login(Position at, boolean alter, String name, String password, String certificate, Boolean enabled)
            implements SecurityDefinition {

        @Override
        public String toString() {
            return "Login[" + name + "]";
        }
    }

    /** ALTER ROLE ... ADD or DROP MEMBER. */
    record RoleMember(Position at, String role, boolean add, String member) implements SecurityDefinition {}

    /** GRANT, DENY or REVOKE. */
    record Permit(
            Position at,
            String verb,
            List<String> permissions,
            Securable on,
            List<String> principals,
            boolean grantOption,
            boolean cascade)
            implements SecurityDefinition {}

    /** ALTER AUTHORIZATION; the owner is null for SCHEMA OWNER. */
    record Authorization(Position at, Securable on, String owner) implements SecurityDefinition {}

    /**
     * What a permission is about.
     *
     * @param kind MESSAGE TYPE, CONTRACT, SERVICE, ROUTE, ..., OBJECT; null when not written, which means an object
     */
    record Securable(String kind, ObjectName name) {}

    /** CREATE MASTER KEY, or ALTER MASTER KEY with what it does (REGENERATE, FORCE REGENERATE, ADD, DROP). */
    record MasterKey(Position at, String change, String password) implements SecurityDefinition {

        @Override
        public String toString() {
            return "MasterKey[]";
        }
    }

    /** OPEN MASTER KEY DECRYPTION BY PASSWORD, or CLOSE MASTER KEY when the password is null. */
    record OpenMasterKey(Position at, String password) implements SecurityDefinition {

        @Override
        public String toString() {
            return "OpenMasterKey[]";
        }
    }

    /**
     * CREATE or ALTER CERTIFICATE.
     *
     * @param source SUBJECT, FILE or BINARY
     * @param value subject, path or digits
     * @param startDate START_DATE as text
     * @param expiryDate EXPIRY_DATE as text
     */
    record Certificate(
            Position at,
            boolean alter,
            String name,
            String owner,
            String source,
            String value,
            PrivateKey privateKey,
            String startDate,
            String expiryDate,
            Boolean activeForBeginDialog)
            implements SecurityDefinition {}

    /** BACKUP CERTIFICATE ... TO FILE. */
    record BackupCertificate(Position at, String name, String file, PrivateKey privateKey)
            implements SecurityDefinition {}

    /** WITH PRIVATE KEY: its file, the password that opens it, and the one that it is kept under from now on. */
    record PrivateKey(String file, String decryption, String encryption) {

        @Override
        public String toString() {
            return "PrivateKey[" + file + "]";
        }
    }
}
