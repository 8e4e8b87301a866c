// SPDX-License-Identifier: Apache-2.0
/** Any helpdesk that speaks Standard Webhooks, both ways. */
@NullMarked
package io.dragoman.desk.webhook;

import org.jspecify.annotations.NullMarked;
