package org.parley.sql.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathEvaluationResult;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathFactoryConfigurationException;
import javax.xml.xpath.XPathNodes;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Position;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A path into an xml value, read and ready to be asked again and again. */
final class XmlPath {

    private final XmlPathReader reader;
    private final XPathExpression expression;
    private final List<Term> variables;
    /** What the variables are while the path is evaluated. */
    private List<Object> given = List.of();

    private XmlPath(XmlPathReader reader, List<Term> variables) {
        this.reader = reader;
        this.variables = variables;
        this.expression = compiled();
    }

    static XmlPath of(String text, String method, Evaluator evaluator, Surroundings surroundings) {
        XmlPathReader reader = new XmlPathReader(text, method);
        List<Term> variables = new ArrayList<>();
        for (String name : reader.variables()) {
            Expression variable = name.startsWith("@")
                    ? new Expression.Variable(Position.NONE, name)
                    : new Expression.Column(Position.NONE, ObjectName.of(name));
            variables.add(evaluator.term(variable));
        }
        return new XmlPath(reader, variables);
    }

    private XPathExpression compiled() {
        XPath xpath = xpath();
        xpath.setNamespaceContext(new Declared(reader.namespaces()));
        xpath.setXPathVariableResolver(
                name -> given.get(Integer.parseInt(name.getLocalPart().substring(XmlPathReader.VARIABLE.length()))));
        try {
            return xpath.compile(reader.xpath());
        } catch (XPathExpressionException | RuntimeException e) {
            // of some wrong paths the JDK doesn't say that they are wrong, but stumbles
            throw failed("Syntax error: ", e);
        }
    }

    private static XPath xpath() {
        try {
            // always the JDK's own: an application server may have put another one before it, with other limits
            XPathFactory factory = XPathFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newXPath();
        } catch (XPathFactoryConfigurationException e) {
            throw new IllegalStateException("The JDK's XPath refuses its settings", e);
        }
    }

    private ScriptError failed(String what, Exception e) {
        return new ScriptError(2209, 16, 1, reader.error(2209, what + reason(e)).getMessage(), e);
    }

    private static String reason(Exception e) {
        String words = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
        return Words.shortened(String.valueOf(words));
    }

    private static Object given(Value value) {
        if (value.isNull()) {
            return "";
        }
        return value.type().isNumber() && value.type().base() != SqlType.Base.BIT
                ? (Object) ToNumber.number(value).doubleValue()
                : Conversion.implicit(value, SqlType.nvarchar(SqlType.MAX)).content();
    }

    /** Throws 2389 for a path that may give several nodes. */
    void checkSingle() {
        if (!new XmlSingle(reader.tokens()).holds()) {
            throw reader.error(2389, "The path may give several nodes; (path)[1] takes the first.");
        }
    }

    private XPathEvaluationResult<?> evaluated(String xml) {
        Element holder = XmlReader.tree(xml);
        given = variables.stream().map(Term::value).map(XmlPath::given).toList();
        try {
            return expression.evaluateExpression(holder);
        } catch (XPathExpressionException | RuntimeException e) {
            throw failed("The path fails: ", e);
        }
    }

    /** The text of the first node, or null without any. */
    String text(String xml) {
        XPathEvaluationResult<?> result = evaluated(xml);
        return switch (result.type()) {
            case NODESET -> {
                Iterator<Node> nodes = ((XPathNodes) result.value()).iterator();
                yield nodes.hasNext() ? nodes.next().getTextContent() : null;
            }
            case NUMBER -> number(((Number) result.value()).doubleValue());
            default -> result.value().toString();
        };
    }

    private static String number(double number) {
        return Double.isNaN(number) || Double.isInfinite(number)
                ? Double.toString(number)
                : new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    /** Whether it gives anything; a value that isn't a node is something, even if it is false. */
    boolean exists(String xml) {
        XPathEvaluationResult<?> result = evaluated(xml);
        return result.type() != XPathEvaluationResult.XPathResultType.NODESET
                || ((XPathNodes) result.value()).size() > 0;
    }

    /** The nodes as xml. */
    String selected(String xml) {
        XPathEvaluationResult<?> result = evaluated(xml);
        XmlWriter writer = new XmlWriter();
        if (result.type() == XPathEvaluationResult.XPathResultType.NODESET) {
            XmlTree tree = new XmlTree(writer);
            for (Node node : (XPathNodes) result.value()) {
                if (node.getNodeType() == Node.ATTRIBUTE_NODE) {
                    throw reader.error(
                            2396, "An attribute can't stand alone: data is taken with string(...) or .value().");
                }
                tree.write(node);
            }
        } else {
            String text = text(xml);
            writer.text(text);
        }
        return writer.toString();
    }

    /** Prefixes that the path declares. */
    private record Declared(Map<String, String> namespaces) implements NamespaceContext {

        @Override
        public String getNamespaceURI(String prefix) {
            return namespaces.getOrDefault(prefix, XMLConstants.NULL_NS_URI);
        }

        @Override
        public String getPrefix(String uri) {
            throw new UnsupportedOperationException("paths are only read");
        }

        @Override
        public Iterator<String> getPrefixes(String uri) {
            throw new UnsupportedOperationException("paths are only read");
        }
    }
}
