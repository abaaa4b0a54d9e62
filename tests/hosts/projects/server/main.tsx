import { hydrateRoot } from 'react-dom/client';
import { Lesson } from './Lesson.tsx';

hydrateRoot(document.getElementById('root')!, <Lesson />);
