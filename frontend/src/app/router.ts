import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'
import type { Role } from '../api/types'
import OverviewView from '../features/overview/OverviewView.vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title. */
    title?: string
    /** The least role that sees this page. */
    role?: Role
  }
}

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'overview', component: OverviewView, meta: { title: 'nav.overview' } },
  {
    path: '/modules',
    name: 'modules',
    component: () => import('../features/modules/ModulesView.vue'),
    meta: { title: 'nav.modules' },
  },
  {
    path: '/modules/:id/:tab?',
    name: 'module',
    component: () => import('../features/module/ModuleView.vue'),
    props: true,
    meta: { title: 'nav.modules' },
  },
  {
    path: '/operations',
    name: 'operations',
    component: () => import('../features/operations/OperationsView.vue'),
    meta: { title: 'nav.operations' },
  },
  {
    path: '/operations/:id',
    name: 'operation',
    component: () => import('../features/operations/OperationView.vue'),
    props: true,
    meta: { title: 'nav.operations' },
  },
  {
    path: '/catalogue',
    name: 'catalogue',
    component: () => import('../features/catalogue/CatalogueView.vue'),
    meta: { title: 'nav.catalogue' },
  },
  {
    path: '/repositories',
    name: 'repositories',
    component: () => import('../features/repositories/RepositoriesView.vue'),
    meta: { title: 'nav.repositories' },
  },
  {
    path: '/events',
    name: 'events',
    component: () => import('../features/events/EventsView.vue'),
    meta: { title: 'nav.events' },
  },
  { path: '/bus', name: 'bus', component: () => import('../features/bus/BusView.vue'), meta: { title: 'nav.bus' } },
  { path: '/ros', name: 'ros', component: () => import('../features/ros/RosView.vue'), meta: { title: 'nav.ros' } },
  {
    path: '/system',
    name: 'system',
    component: () => import('../features/system/SystemView.vue'),
    meta: { title: 'nav.system' },
  },
  {
    path: '/users',
    name: 'users',
    component: () => import('../features/users/UsersView.vue'),
    meta: { title: 'nav.users', role: 'admin' },
  },
  { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./NowhereView.vue'), meta: { title: 'nav.nowhere' } },
]

/**
 * Addresses are behind a `#`, so that the document's own address stays that of the page, whatever prefix a gateway put before it, and
 * relative addresses of files and of the REST interface hold on every page.
 */
export const router = createRouter({
  history: createWebHashHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.name === from.name && to.params.id === from.params.id ? undefined : { top: 0 }),
})
