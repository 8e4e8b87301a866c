// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Desk;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Response;
import io.dragoman.contract.SampleNotice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a helpdesk refused is told with its own codes and names of fields, and with nothing that it repeats of ours. */
final class DeskRefusalTest {
    private static final String TEXT = "My card is 4111 1111 1111 1111";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "freshdesk | {'description': 'Validation failed', 'errors': [{'field': 'requester_id',"
                        + " 'message': 'no requester TEXT', 'code': 'invalid_value'}]} | requester_id:invalid_value",
                "freshdesk | {'code': 'access_denied', 'message': 'TEXT'} | access_denied",
                "zendesk | {'error': 'RecordInvalid', 'description': 'TEXT', 'details': {'requester':"
                        + " [{'description': 'TEXT', 'error': 'BlankValue'}]}} | RecordInvalid, requester:BlankValue",
                "zammad | {'error': `No lookup value found for 'group': 'TEXT'`} | no-lookup-value:group",
                "zammad | {'error': 'TEXT'} |",
                "chatwoot | {'message': 'TEXT', 'attributes': ['email']} | email",
                "freescout | {'message': 'Bad request', '_embedded': {'errors': [{'path': 'mailboxId',"
                        + " 'message': 'TEXT'}]}} | mailboxId",
                "gorgias | {'error': {'msg': 'TEXT', 'data': {'customer': ['TEXT']}}} | customer",
                "intercom | {'type': 'error.list', 'errors': [{'code': 'parameter_invalid', 'message': 'TEXT',"
                        + " 'field': 'body'}]} | parameter_invalid:body",
                "hubspot | {'category': 'VALIDATION_ERROR', 'message': 'TEXT', 'errors': [{'code': 'INVALID_ID',"
                        + " 'message': 'TEXT'}]} | VALIDATION_ERROR, INVALID_ID",
                "front | {'_error': {'status': 400, 'title': 'Bad request', 'message': 'body.sender.handle: TEXT'}}"
                        + " | body.sender.handle",
                "jira-sm | {'errorMessages': ['TEXT'], 'errors': {'summary': 'TEXT'}} | summary",
                "odoo | {'name': 'odoo.exceptions.ValidationError', 'message': 'TEXT'} | odoo.exceptions.ValidationError",
                "freshdesk | {'errors': [{'field': 'TEXT', 'message': 'x', 'code': 'TEXT'}]} |",
                "freshdesk | [1] |",
            })
    void refusalShouldNameTheReasonAndNoText(String profile, String body, @Nullable String expected) throws Exception {
        String json = body.replace('\'', '"').replace("`", "").replace("TEXT", TEXT);
        if (profile.equals("zammad") && expected != null) {
            json = "{\"error\": \"No lookup value found for 'group': " + TEXT + "\"}";
        }
        String detail = detail(profile, json);
        assertThat(detail)
                .contains(" answered 400")
                .doesNotContain("4111", "My card")
                .endsWith(expected == null ? "400" : "400: " + expected);
    }

    private static String detail(String profile, String answer) throws Exception {
        Desk desk = (Desk) new HttpDesk().profile(profile, Path.of("no-home"));
        PlainTransport transport = new PlainTransport() {
            @Override
            public Response http(HttpCall call) {
                return new Response(400, Map.of(), answer.getBytes(StandardCharsets.UTF_8));
            }
        };
        Outcome outcome = desk.deliver(AnyAccount.of(desk), SampleNotice.of("d-1", TEXT), transport);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).detail();
    }
}
