import { createRoot } from 'react-dom/client';
import { currentLocale, setLocale } from '../words/locale.js';
import { App } from './App.js';
import './styles/tokens.css';
import './styles/base.css';

// Main names the language in the page's address.
setLocale(new URLSearchParams(window.location.search).get('locale') ?? undefined);
document.documentElement.lang = currentLocale();

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
