package org.parley.engine.xml;

import javax.xml.validation.TypeInfoProvider;
import javax.xml.validation.ValidatorHandler;
import org.w3c.dom.TypeInfo;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * Stands between parser and validator and refuses values that are too long for their type, before the validator compares
 * them with a pattern. The type of an element is known when it has begun, that of an attribute too late: attributes are
 * short, whatever their type.
 */
final class ValueGuard extends XMLFilterImpl {

    /** Most characters of an attribute, and of an element whose type has a pattern with a part that repeats for ever. */
    static final int LONGEST = 2_000;

    private final ValueBounds bounds;
    private final Begun begun;
    private Locator place;
    private boolean limited;
    private int length;

    ValueGuard(ValidatorHandler validator, ValueBounds bounds) {
        this.bounds = bounds;
        this.begun = new Begun(validator.getTypeInfoProvider());
        validator.setContentHandler(begun);
        setContentHandler(validator);
    }

    @Override
    public void setDocumentLocator(Locator locator) {
        place = locator;
        super.setDocumentLocator(locator);
    }

    @Override
    public void startElement(String namespace, String local, String name, Attributes attributes) throws SAXException {
        for (int i = 0; i < attributes.getLength(); i++) {
            if (attributes.getValue(i).length() > LONGEST) {
                throw tooLong("The attribute '" + attributes.getQName(i) + "'");
            }
        }
        super.startElement(namespace, local, name, attributes);
        limited = bounds.mustBeShort(begun.type);
        length = 0;
    }

    @Override
    public void endElement(String namespace, String local, String name) throws SAXException {
        // what follows is text among elements, which no pattern judges
        limited = false;
        super.endElement(namespace, local, name);
    }

    @Override
    public void characters(char[] characters, int start, int count) throws SAXException {
        if (limited) {
            length += count;
            if (length > LONGEST) {
                throw tooLong("The text of an element whose type has a pattern");
            }
        }
        super.characters(characters, start, count);
    }

    private SAXParseException tooLong(String what) {
        return new SAXParseException(what + " has more than " + LONGEST + " characters.", place);
    }

    /** Hears of an element's type while it begins. */
    private static final class Begun extends DefaultHandler {

        private final TypeInfoProvider types;
        private TypeInfo type;

        Begun(TypeInfoProvider types) {
            this.types = types;
        }

        @Override
        public void startElement(String namespace, String local, String name, Attributes attributes) {
            type = types.getElementTypeInfo();
        }
    }
}
