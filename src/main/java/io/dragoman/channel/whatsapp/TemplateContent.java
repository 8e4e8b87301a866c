// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.channel.meta.ApprovedTemplate;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Limits.MediaLimit;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.TemplateButton;
import io.dragoman.model.Words;
import java.util.Locale;
import java.util.Optional;

/** An approved template, with the values for its header, its body and its buttons. */
final class TemplateContent {
    private static final int MOST_BUTTONS = 10;

    private final Part.Template template;
    private final Limits limits;

    TemplateContent(Part.Template template, Limits limits) {
        this.template = template;
        this.limits = limits;
    }

    /** Why WhatsApp would refuse it, with what to do. */
    Optional<String> problem() {
        return new ApprovedTemplate(template)
                .problem()
                .or(this::buttonProblem)
                .or(() -> template.header() instanceof Part.Media media ? mediaProblem(media) : Optional.empty());
    }

    private Optional<String> buttonProblem() {
        return template.buttons().stream()
                .map(TemplateButton::index)
                .filter(index -> index >= MOST_BUTTONS)
                .findFirst()
                .map(index -> "template: button " + index + " cannot be: a template has at most " + MOST_BUTTONS
                        + ", the first of which is 0");
    }

    private Optional<String> mediaProblem(Part.Media media) {
        MediaLimit limit =
                Sender.HEADERS.contains(media.media()) ? limits.media().get(media.media()) : null;
        if (limit == null) {
            return Optional.of("template: its header cannot be of the kind " + Words.of(media.media())
                    + ", only a text, an image, a video or a file");
        } else if (!limit.takes(media.mimeType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT))) {
            return Optional.of("template: its header's " + Words.of(media.media()) + " is " + media.mimeType()
                    + ", which WhatsApp does not take");
        } else if (media.size() != null && media.size() > limit.largest()) {
            return Optional.of("template: its header's " + Words.of(media.media()) + " has " + media.size() + " bytes, "
                    + limit.largest() + " are allowed");
        }
        return Optional.empty();
    }

    /**
     * Says all but which media stands above.
     *
     * @return where the media is to be said; empty where there is none
     */
    Optional<ObjectNode> put(ObjectNode node) {
        ArrayNode components = new ApprovedTemplate(template).put(node);
        Optional<ObjectNode> header = Optional.empty();
        if (template.header() instanceof Part.Media media) {
            String type = type(media.media());
            header = Optional.of(components
                    .insertObject(0)
                    .put("type", "header")
                    .putArray("parameters")
                    .addObject()
                    .put("type", type)
                    .putObject(type));
        }
        template.buttons().forEach(button -> button(components, button));
        if (!components.isEmpty()) {
            node.set("components", components);
        }
        return header;
    }

    private static void button(ArrayNode components, TemplateButton button) {
        ObjectNode node = components.addObject().put("type", "button");
        node.put("sub_type", button.url() == null ? "quick_reply" : "url").put("index", String.valueOf(button.index()));
        ArrayNode parameters = node.putArray("parameters");
        if (button.url() == null) {
            parameters.addObject().put("type", "payload").put("payload", button.payload());
        } else {
            ApprovedTemplate.text(parameters, button.url());
        }
    }

    /** WhatsApp's word for a kind of media. */
    static String type(MediaKind kind) {
        return kind == MediaKind.FILE ? "document" : Words.of(kind);
    }
}
