// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.TemplateButton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateFieldsTest {
    private static Part.Template read(String more) throws MalformedPayload {
        String body = "{'parts':[{'type':'template','name':'ready','language':'en'" + more + "}]}";
        JsonFields fields = JsonFields.of(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return (Part.Template) AgentMessage.parts(fields).get(0);
    }

    @Test
    void headerAndButtonsShouldBeReadAndWrittenTheSame() throws Exception {
        Part.Template template = read(
                ",'parameters':['Ana'],'header':{'type':'media','mimeType':'image/png',"
                        + "'url':'https://shop.example.com/1.png'},'buttons':[{'index':1,'payload':'later'},{'index':0,'url':'17'}]");
        assertThat(template.header())
                .isEqualTo(new Part.Media(
                        MediaKind.IMAGE, "image/png", null, null, null, null, "https://shop.example.com/1.png"));
        assertThat(template.buttons())
                .containsExactly(new TemplateButton(1, null, "later"), new TemplateButton(0, "17", null));
        assertThat(template.attachments()).hasSize(1);
        assertThat(Json.read(Json.write(template), Part.class)).isEqualTo(template);
        assertThat(read(",'header':{'type':'text','text':'Order'}").header()).isEqualTo(new Part.Text("Order"));
    }

    @Test
    void templateOfBeforeShouldBeReadAndWrittenAsItWas() {
        String before = "{\"type\":\"template\",\"name\":\"ready\",\"language\":\"en\",\"parameters\":[\"Ana\"]}";
        Part template = Json.read(before, Part.class);
        assertThat(template).isEqualTo(new Part.Template("ready", "en", List.of("Ana")));
        assertThat(Json.write(template)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",'header':{'type':'location','latitude':1,'longitude':1} | parts[0].header.type must be text or media",
                ",'header':{'type':'media','url':'ftp://a'} | parts[0].header.url must be an address",
                ",'buttons':[{'url':'17'}] | parts[0].buttons[0].index must be",
                ",'buttons':[{'index':0}] | parts[0].buttons[0].url or parts[0].buttons[0].payload must be there",
                ",'buttons':[{'index':0,'url':'a','payload':'b'}] | not both",
                ",'buttons':[{'index':0,'url':'a'},{'index':0,'url':'b'}] | parts[0].buttons[1].index is another",
                ",'buttons':[{'index':0,'text':'a'}] | parts[0].buttons[0].text"
            })
    void wrongValuesShouldBeRefusedByTheirPlace(String more, String why) {
        assertThatThrownBy(() -> read(more))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining(why);
    }
}
