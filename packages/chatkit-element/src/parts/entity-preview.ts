export { EntityPreview } from '../components/entities/entity-preview';
export { entityStyles as css } from '../components/entities/entity-styles';
