// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import io.dragoman.FreePort;
import io.dragoman.TestGateway;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/examples/routes/jms.camel.yaml}, with a real broker. */
final class JmsExampleTest {
    @Test
    void messageOfAQueueShouldArriveAndTheAnswerBeQueued(@TempDir Path folder) throws Exception {
        String url = "tcp://127.0.0.1:" + FreePort.find();
        EmbeddedActiveMQ broker = broker(folder, url).start();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
                Example example = Example.start(folder, "jms", Map.of("JMS_BROKER", url));
                JMSContext jms = factory.createContext()) {
            jms.createProducer().send(jms.createQueue("terminal.in"), Example.MESSAGE);
            example.converse(answer -> taken(jms).contains(answer));
            TestGateway.await(
                    "the commit, which took the message off the queue",
                    () -> broker.getActiveMQServer().locateQueue("terminal.in").getMessageCount() == 0);
        } finally {
            broker.stop();
        }
    }

    private static String taken(JMSContext jms) {
        try {
            Message message =
                    jms.createConsumer(jms.createQueue("terminal.out")).receive(10_000);
            if (message instanceof BytesMessage bytes) {
                byte[] body = new byte[(int) bytes.getBodyLength()];
                bytes.readBytes(body);
                return new String(body, StandardCharsets.UTF_8);
            }
            return message == null ? "" : message.getBody(String.class);
        } catch (jakarta.jms.JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EmbeddedActiveMQ broker(Path folder, String url) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setPersistenceEnabled(false)
                .setJournalDirectory(folder.resolve("journal").toString())
                .addAcceptorConfiguration("tcp", url)
                .addQueueConfiguration(QueueConfiguration.of("terminal.in").setRoutingType(RoutingType.ANYCAST))
                .addQueueConfiguration(QueueConfiguration.of("terminal.out").setRoutingType(RoutingType.ANYCAST));
        return new EmbeddedActiveMQ().setConfiguration(configuration);
    }
}
