// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dragoman.connector.Secret;
import io.dragoman.yaml.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InboxSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "kafka", "kafka:", "kafka:9092 kafka2:9092", "http://kafka:9092", "a:1,,b:2"})
    void whatAreNoBrokersShouldBeRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("inbox.kafka.brokers", text))
                .withMessageContaining("kafka1:9092,kafka2:9092");
    }

    /** What decides whether anything is lost is ours to set. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "acks=0",
                "security.protocol=SSL\nauto.offset.reset=latest",
                "group.id=x",
                "bootstrap.servers=elsewhere:9092",
                "\\u00"
            })
    void whatIsNotAboutSecurityShouldBeRefusedWithoutBeingRepeated(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("inbox.kafka.client", text))
                .withMessageNotContaining("elsewhere");
    }

    @Test
    void clientShouldBeReadByName() {
        Secret client = (Secret) parse("inbox.kafka.client", """
                # as Kafka's own tools take it
                security.protocol=SASL_SSL
                sasl.mechanism = PLAIN
                sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required password="a=b";
                """);
        InboxSettings inbox = new InboxSettings("kafka:9092", "t", "g", client);
        assertThat(inbox.clientProperties())
                .isEqualTo(Map.of(
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required password=\"a=b\";"));
        assertThat(inbox.toString()).doesNotContain("password");
    }

    @Test
    void topicShouldHaveADefaultAndNoneWithoutBrokers(@TempDir Path folder) throws Exception {
        Home home = new Home(folder);
        assertThat(settings(home, "http: {port: 0}\n").inbox()).isEmpty();
        assertThat(settings(home, "inbox: {kafka: {brokers: \"127.0.0.1:9092, localhost:9093\"}}\n")
                        .inbox())
                .contains(new InboxSettings("127.0.0.1:9092,localhost:9093", "dragoman-inbox", "dragoman", null));
    }

    @Test
    void brokersElsewhereWithoutALoginShouldBeAWarning(@TempDir Path folder) throws Exception {
        Home home = new Home(folder);
        home.write("gateway", "inbox: {kafka: {brokers: \"kafka.example.com:9092\"}}\n");
        List<Problem> problems = home.load().problems();
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.warning()).isTrue();
            assertThat(problem.toString()).contains("inbox.kafka", "in the clear");
        });
    }

    private static GatewaySettings settings(Home home, String text) throws Exception {
        home.write("channels", "channels:\n").write("gateway", text);
        return home.usable().gateway();
    }

    private static Object parse(String name, String text) {
        return GatewaySettings.ALL.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow()
                .parser()
                .apply(text);
    }
}
