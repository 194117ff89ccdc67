package org.parley.engine.xml;

import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.parley.BrokerException;
import org.w3c.dom.ls.LSInput;
import org.w3c.dom.ls.LSResourceResolver;

/**
 * The documents of a collection as the JDK asks for them. It begins with a document that imports every namespace; a namespace
 * is a document that includes all of its documents. Whatever else is asked for isn't there.
 */
final class SchemaSources implements LSResourceResolver {

    static final String XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

    /** The only kind of address that the JDK may ask for. */
    static final String PROTOCOL = "parley";

    private static final String BEGIN = PROTOCOL + ":collection";
    private static final String NAMESPACE = PROTOCOL + ":namespace/";
    private static final String DOCUMENT = PROTOCOL + ":document/";
    private static final String OPEN = "<xs:schema xmlns:xs='" + SchemaNode.LANGUAGE + "'";

    /** Attributes that every document may have; SQL Server knows them without a definition too. */
    private static final String XML_ATTRIBUTES = OPEN + " targetNamespace='" + XML_NAMESPACE + "'>"
            + "<xs:attribute name='lang'><xs:simpleType><xs:union memberTypes='xs:language'><xs:simpleType>"
            + "<xs:restriction base='xs:string'><xs:enumeration value=''/></xs:restriction></xs:simpleType></xs:union>"
            + "</xs:simpleType></xs:attribute>"
            + "<xs:attribute name='space'><xs:simpleType><xs:restriction base='xs:NCName'><xs:enumeration value='default'/>"
            + "<xs:enumeration value='preserve'/></xs:restriction></xs:simpleType></xs:attribute>"
            + "<xs:attribute name='base' type='xs:anyURI'/><xs:attribute name='id' type='xs:ID'/></xs:schema>";

    private final List<SchemaDocument> documents;
    private final List<String> namespaces;

    SchemaSources(List<SchemaDocument> documents) {
        this.documents = documents;
        Set<String> all = new LinkedHashSet<>();
        documents.forEach(document -> all.add(document.namespace()));
        namespaces = List.copyOf(all);
    }

    Source begin() {
        StringBuilder text = new StringBuilder(OPEN + " targetNamespace='" + BEGIN + "'>");
        for (String namespace : namespaces) {
            text.append("<xs:import")
                    .append(namespace.isEmpty() ? "" : " namespace='" + escaped(namespace) + "'")
                    .append("/>");
        }
        return new StreamSource(new StringReader(text + "</xs:schema>"), BEGIN);
    }

    @Override
    public LSInput resolveResource(String type, String namespace, String publicId, String address, String base) {
        if (address != null && address.startsWith(DOCUMENT) && base != null && base.startsWith(NAMESPACE)) {
            int number = Integer.parseInt(address.substring(DOCUMENT.length()));
            return new Text(address, documents.get(number).text());
        }
        String wanted = namespace == null ? "" : namespace;
        int number = namespaces.indexOf(wanted);
        if (number >= 0) {
            return new Text(NAMESPACE + number, including(wanted));
        }
        if (wanted.equals(XML_NAMESPACE)) {
            return new Text(NAMESPACE + "xml", XML_ATTRIBUTES);
        }
        throw SchemaErrors.notASchema("", "'" + (address == null ? wanted : address) + "' isn't in the collection.");
    }

    private String including(String namespace) {
        StringBuilder text = new StringBuilder(
                OPEN + (namespace.isEmpty() ? "" : " targetNamespace='" + escaped(namespace) + "'") + ">");
        for (int i = 0; i < documents.size(); i++) {
            if (documents.get(i).namespace().equals(namespace)) {
                text.append("<xs:include schemaLocation='")
                        .append(DOCUMENT)
                        .append(i)
                        .append("'/>");
            }
        }
        return text + "</xs:schema>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
    }

    /** What the JDK says of a place, as one of what the user wrote. */
    BrokerException refusal(String address, int line, int column, String words) {
        if (address == null || !address.startsWith(DOCUMENT)) {
            return SchemaErrors.notASchema("", words);
        }
        SchemaText.Piece origin = documents
                .get(Integer.parseInt(address.substring(DOCUMENT.length())))
                .origin();
        return SchemaErrors.notASchema(origin.place(line, column), words);
    }

    /** A text that the JDK reads; it can't be changed. */
    private record Text(String address, String text) implements LSInput {

        @Override
        public Reader getCharacterStream() {
            return new StringReader(text);
        }

        @Override
        public String getSystemId() {
            return address;
        }

        @Override
        public InputStream getByteStream() {
            return null;
        }

        @Override
        public String getStringData() {
            return null;
        }

        @Override
        public String getPublicId() {
            return null;
        }

        @Override
        public String getBaseURI() {
            return null;
        }

        @Override
        public String getEncoding() {
            return null;
        }

        @Override
        public boolean getCertifiedText() {
            return false;
        }

        @Override
        public void setCharacterStream(Reader reader) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setByteStream(InputStream stream) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setStringData(String data) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setSystemId(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setPublicId(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setBaseURI(String uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setEncoding(String encoding) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setCertifiedText(boolean certified) {
            throw new UnsupportedOperationException();
        }
    }
}
