// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Part;
import io.dragoman.model.TemplateButton;
import java.util.List;

/**
 * Asks a customer, while they can be answered, to agree to notifications. It needs no approval, so Meta has it as a
 * template of its own, with a button that it writes itself:
 * https://developers.facebook.com/docs/messenger-platform/marketing-messages#message-attachment-object-reference.
 */
final class OptInRequest {
    private static final int TITLE = 65;

    private OptInRequest() {}

    /** Whether a template is this one, and none that Meta approved under a name. */
    static boolean isOne(Part.Template template) {
        return template.name().equals(NotificationTokens.NOTIFICATIONS);
    }

    /**
     * Says it, where its parameters are a title of at most 65 characters, what the opt-in is to bring as its
     * {@code payload} (else the title), and the address of a picture.
     *
     * @return false for other parameters
     */
    static boolean put(Part.Template template, ObjectNode payload) {
        List<String> parameters = template.parameters();
        if (TemplateButton.orHeader(template)
                || parameters.isEmpty()
                || parameters.size() > 3
                || parameters.get(0).length() > TITLE) {
            return false;
        }
        payload.put("template_type", NotificationTokens.NOTIFICATIONS)
                .put("title", parameters.get(0))
                .put("payload", parameters.get(parameters.size() > 1 ? 1 : 0));
        if (parameters.size() > 2) {
            payload.put("image_url", parameters.get(2));
        }
        return true;
    }
}
