// SPDX-License-Identifier: Apache-2.0
import { el } from '../dom.mjs';
import Connectors from '../connectors.mjs';

export default function Desks(route) { return el(Connectors, { ...route, side: 'desk', screen: 'desks' }); }
