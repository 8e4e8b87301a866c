// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.Identity;
import io.dragoman.model.Part.Text;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a customer is, by the answer to what was sent to them. */
final class SendAnswerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            DE.88123    | {'input':'DE.88123','wa_id':'4917000','user_id':'DE.88123'} | DE.88123 +4917000
            DE.88123    | {'wa_id':'4917000'}                                         | DE.88123 +4917000
            +4917000    | {'input':'+4917000','wa_id':'4917000','user_id':'DE.88123'} | DE.88123 +4917000
            +5511988887 | {'wa_id':'551188887','user_id':'BR.5'}                      | BR.5 +551188887
            +4917000    | {'input':'+4917000','wa_id':'4917000'}                      | -
            DE.88123    | {'input':'DE.88123','wa_id':'DE.88123'}                     | -
            DE.88123    | {'input':'DE.88123','wa_id':null}                           | -
            +4917000    | {'wa_id':'4917000','user_id':'no id'}                       | -
            DE.88123    | {'wa_id':'4917000'},{'wa_id':'4917001'}                     | -
            group:Y2F   | {'wa_id':'4917000','user_id':'DE.88123'}                    | -
            """)
    void customerShouldBeKnownByBothWhereTheAnswerHasBoth(String address, String contacts, String expected) {
        String answer = "{\"contacts\":[" + contacts.replace('\'', '"') + "],\"messages\":[{\"id\":\"wamid.1\"}]}";
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), answer)) {
            Account account = Accounts.account(provider.baseUrl().toString());
            Outbound.ToCustomer message = new Outbound.ToCustomer(
                    "d", "m", "c", address, List.of(new Text("hi")), null, null, List.of(), null, false);
            Outcome outcome = new WhatsApp().send(account, message, new PlainTransport());
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Sent.class, sent -> {
                assertThat(sent.externalId()).isEqualTo("wamid.1");
                String known = sent.customer().stream().map(Identity::value).collect(Collectors.joining(" "));
                assertThat(known).isEqualTo(expected == null ? "" : expected);
                assertThat(sent.toString()).doesNotContain("4917000");
            });
        }
    }
}
