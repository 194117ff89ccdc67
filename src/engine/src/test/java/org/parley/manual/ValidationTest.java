package org.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.MessageTypeDefinition;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.Receive;
import org.parley.XmlSchemaCollectionDefinition;
import org.parley.testkit.BrokerExtension;

class ValidationTest {

    private static final String ORDERS = """
            CREATE XML SCHEMA COLLECTION Orders AS N'
              <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
                <xs:element name="order">
                  <xs:complexType>
                    <xs:sequence>
                      <xs:element name="item" type="xs:string"/>
                      <xs:element name="quantity" type="xs:positiveInteger"/>
                    </xs:sequence>
                  </xs:complexType>
                </xs:element>
              </xs:schema>';
            CREATE MESSAGE TYPE [//shop/Order] VALIDATION = VALID_XML WITH SCHEMA COLLECTION Orders;
            """;

    private static final String SERVICES = """
            CREATE CONTRACT [//shop/Ordering] ([//shop/Order] SENT BY INITIATOR);
            CREATE QUEUE ShopQueue;
            CREATE QUEUE WarehouseQueue;
            CREATE SERVICE [//shop/Shop] ON QUEUE ShopQueue;
            CREATE SERVICE [//shop/Warehouse] ON QUEUE WarehouseQueue ([//shop/Ordering]);
            """;

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    @Test
    void aWrongOrderComesBack() {
        LocalConnection connection = broker.connect("orders");
        connection.catalog().define(ORDERS + SERVICES);
        Conversation order = connection.begin(
                Dialog.between("//shop/Shop", "//shop/Warehouse").on("//shop/Ordering"));
        order.send("//shop/Order", "<order><item>bicycle</item><quantity>none</quantity></order>");

        Message refusal = connection.receive(Receive.from("ShopQueue")).get(0);
        assertThat(refusal.error().code()).isEqualTo(-9615);
        assertThat(refusal.error().description())
                .isEqualTo("A message of type '//shop/Order' failed XML validation on the target service: line 1,"
                        + " column 53: 'none' is not a valid value for 'integer'.");
        assertThat(connection.receive(Receive.from("WarehouseQueue"))).isEmpty();
        order.end();
    }

    @Test
    void recordsSayTheSame() {
        LocalConnection connection = broker.connect("orders");
        String schema = "<schema xmlns='http://www.w3.org/2001/XMLSchema'><element name='paid' type='date'/></schema>";
        connection.catalog().define(XmlSchemaCollectionDefinition.of("Payments", schema));
        connection.catalog().define(new MessageTypeDefinition("//shop/Paid", Validation.VALID_XML, "Payments"));
        assertThat(connection.catalog().xmlSchemaCollections()).hasSize(1);
    }
}
