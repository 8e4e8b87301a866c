// SPDX-License-Identifier: Apache-2.0
/**
 * The files of programs that drive SMS modems, as data formats for routes of the operator's own: what came becomes the
 * route JSON of docs/routes.md, and what goes a file of theirs. See docs/sms-modems.md.
 */
@NullMarked
package io.dragoman.route.modem;

import org.jspecify.annotations.NullMarked;
