// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.Request;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class WhatsAppContractTest implements ConnectorContract, WebhookSample, SendSample {
    @Override
    public Connector connector() {
        return new WhatsApp();
    }

    @Override
    public Account account(URI provider) {
        return Accounts.account(provider.toString());
    }

    @Override
    public List<String> secrets() {
        return Accounts.secrets();
    }

    @Override
    public byte[] recorded() {
        return ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"WABA1\",\"changes\":[{\"field\":\"messages\","
                        + "\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{\"display_phone_number\":\"4930111\","
                        + "\"phone_number_id\":\"778\"},\"contacts\":[{\"profile\":{\"name\":\"Ana\",\"username\":\"ana.b\"},"
                        + "\"wa_id\":\"4917000\",\"user_id\":\"DE.88123\"}],\"messages\":[{\"id\":\"wamid.AAA\",\"from\":"
                        + "\"4917000\",\"from_user_id\":\"DE.88123\",\"timestamp\":\"1790000000\",\"type\":\"image\","
                        + "\"image\":{\"id\":\"5501\",\"mime_type\":\"image/jpeg\",\"caption\":\"" + CANARY + "\"},"
                        + "\"context\":{\"id\":\"wamid.PREV\"}},{\"id\":\"wamid.BBB\",\"from\":\"4917000\",\"timestamp\":"
                        + "\"1790000000\",\"type\":\"system\",\"system\":{\"type\":\"user_changed_number\",\"wa_id\":"
                        + "\"4917001\",\"body\":\"moved\"}},{\"id\":\"wamid.CCC\",\"from\":\"4917000\",\"type\":\"edit\","
                        + "\"edit\":{\"original_message_id\":\"wamid.AAA\",\"message\":{\"type\":\"location\",\"location\":"
                        + "{\"latitude\":1.5,\"longitude\":2}}}}],\"statuses\":[{\"id\":\"wamid.OUT\",\"status\":\"failed\","
                        + "\"timestamp\":\"1790000050\",\"recipient_id\":\"4917000\",\"errors\":[{\"code\":131026}]}]}}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        return Accounts.signed(body);
    }

    @Override
    public List<String> lanes() {
        return List.of("+4917000", "+4917001", "+4917001", "+4917000", "+4917000");
    }

    @Override
    public List<String> proof() {
        return List.of("x-hub-signature-256");
    }

    @Override
    public String address() {
        return "+4917000";
    }
}
