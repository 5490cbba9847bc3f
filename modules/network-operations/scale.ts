import { servicesFrom } from "./endpoints/services";

/** From 500 edge nodes, data processing of the NAT gateways costs more than the endpoints that avoid it. */
const every = { interfaceEndpoints: servicesFrom("500en") };

/** Endpoints of each scale profile. */
export const scale = { default: {}, "100en": {}, "500en": every, "1ken": every, "10ken": every };
